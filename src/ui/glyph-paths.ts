/** Inner SVG of every glyph on a 24 x 24 grid; strokes inherit from the element around it (see `glyphSvg`). No vendor artwork. */
export const GLYPH_PATHS = {
  client:
    '<path d="M5 19.5c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5"/><circle cx="12" cy="7.75" r="3.75"/><circle cx="12" cy="19.25" r="1.75" fill="currentColor" stroke="none"/>',
  internet:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c-5.2 5-5.2 12 0 17M12 3.5c5.2 5 5.2 12 0 17"/><circle cx="16" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  'api-gateway':
    '<path d="M8.5 4.5H4.5v15h4M15.5 4.5h4v15h-4"/><path d="M7.5 12h9M13.5 8.75 16.75 12l-3.25 3.25"/><circle cx="7.75" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  authorizer:
    '<circle cx="8" cy="8.5" r="4.25"/><path d="m11.2 11.4 8.3 8.1M16 16.1l2.4-2.4M18.3 18.3l1.7-1.7"/><circle cx="8" cy="8.5" r="1.75" fill="currentColor" stroke="none"/>',
  edge: '<path d="M4 17.5a8.5 8.5 0 1 1 16 0"/><path d="M7.5 17.5a4.7 4.7 0 1 1 9 0"/><path d="M3 20.5h18"/><circle cx="12" cy="16.5" r="1.75" fill="currentColor" stroke="none"/>',
  'user-pool':
    '<circle cx="9" cy="8.5" r="3.25"/><path d="M3.5 18.5c.4-3 2.4-4.75 5.5-4.75s5.1 1.75 5.5 4.75M15 5.6a3.25 3.25 0 0 1 0 5.9M17 14.4c2 .6 3.2 2.1 3.5 4.1"/><circle cx="9" cy="18.4" r="1.75" fill="currentColor" stroke="none"/>',
  server:
    '<rect x="4" y="4.5" width="16" height="6.5" rx="1.5"/><rect x="4" y="13" width="16" height="6.5" rx="1.5"/><path d="M11 7.75h5.5M11 16.25h5.5"/><circle cx="7.5" cy="7.75" r="1.25" fill="currentColor" stroke="none"/><circle cx="7.5" cy="16.25" r="1.25" fill="currentColor" stroke="none"/>',
  'auto-scaling':
    '<rect x="8.5" y="8.5" width="7" height="7" rx="1.25"/><path d="M6 4H4v2M18 4h2v2M6 20H4v-2M18 20h2v-2"/><path d="M4 10v4M20 10v4M10 4h4M10 20h4"/><circle cx="12" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  'load-balancer':
    '<circle cx="5.5" cy="12" r="2.25"/><path d="M7.75 12H19M9.5 12c3 0 3-6 6-6H19M9.5 12c3 0 3 6 6 6H19"/><circle cx="20" cy="6" r="1.4" fill="currentColor" stroke="none"/><circle cx="20" cy="12" r="1.4" fill="currentColor" stroke="none"/><circle cx="20" cy="18" r="1.4" fill="currentColor" stroke="none"/>',
  function:
    '<path d="M16.8 4.6c-3.3-.9-5 .5-5.5 3.6L9.6 16.4c-.5 2.9-1.9 3.9-4.4 3.1"/><path d="M7.5 10.5h7.5"/><circle cx="18" cy="17.5" r="1.75" fill="currentColor" stroke="none"/>',
  'function-version':
    '<path d="M14.3 4.6c-3.3-.9-5 .5-5.5 3.6L7.1 16.4c-.5 2.9-1.9 3.9-4.4 3.1M5 10.5h7.5"/><path d="m13.5 14 3 5.5 3-5.5"/><circle cx="19.5" cy="9.5" r="1.75" fill="currentColor" stroke="none"/>',
  'function-alias':
    '<path d="M14.3 4.6c-3.3-.9-5 .5-5.5 3.6L7.1 16.4c-.5 2.9-1.9 3.9-4.4 3.1M5 10.5h6.5"/><path d="M13 13.5h4.5l3 3-3 3H13z"/><circle cx="16" cy="16.5" r="1.25" fill="currentColor" stroke="none"/>',
  environment:
    '<rect x="4" y="6.5" width="16" height="11" rx="2"/><path d="m4.5 15 7.5-8.3M8 17.2 17.5 6.7M14.5 17.3l5.2-5.8"/>',
  workflow:
    '<rect x="8.75" y="3" width="6.5" height="4.5" rx="1.25"/><rect x="3" y="16.5" width="6.5" height="4.5" rx="1.25"/><rect x="14.5" y="16.5" width="6.5" height="4.5" rx="1.25"/><path d="M12 7.5V12M6.25 16.5V12h11.5v4.5"/><circle cx="12" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  'event-bus':
    '<path d="M12 3.5v17"/><path d="M3.5 8H12M12 6h8.5M12 12h8.5M12 18h8.5M3.5 16H12"/><circle cx="12" cy="8" r="1.75" fill="currentColor" stroke="none"/>',
  rule: '<path d="M3.5 5h17l-6.5 7.5v4.75l-4 2.25v-7z"/><circle cx="12" cy="8.25" r="1.5" fill="currentColor" stroke="none"/>',
  schedule:
    '<circle cx="12" cy="12.5" r="8"/><path d="M12 7.75v4.75l3.25 2"/><path d="M12 2v2.5"/><circle cx="12" cy="12.5" r="1.5" fill="currentColor" stroke="none"/>',
  service:
    '<path d="M13.5 4.5h-7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h7"/><path d="M11 12h9M17 8.75 20.25 12 17 15.25"/><circle cx="8.5" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  'delivery-stream':
    '<path d="M3.5 6c3-2.25 5.5-2.25 8.5 0s5.5 2.25 8.5 0"/><path d="M12 9.5v6M9 13l3 3 3-3"/><path d="M4 15.5v4h16v-4"/><circle cx="12" cy="6" r="1.5" fill="currentColor" stroke="none"/>',
  archive:
    '<path d="M3.5 4.5h17v4.25h-17z"/><path d="M5.25 8.75v10.75h13.5V8.75"/><path d="M9.5 12.5h5"/><circle cx="12" cy="16.25" r="1.5" fill="currentColor" stroke="none"/>',
  pipe: '<path d="M3.5 8.5h17M3.5 15.5h17"/><path d="M14 12h2.5"/><circle cx="7" cy="12" r="1.75" fill="currentColor" stroke="none"/><circle cx="11" cy="12" r="1.25" fill="currentColor" stroke="none"/>',
  queue:
    '<path d="M20.5 6.5h-15a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h15"/><path d="M8 9.5v5M12 9.5v5"/><circle cx="16.25" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  'fifo-queue':
    '<path d="M20.5 5h-15a2 2 0 0 0-2 2v5a2 2 0 0 0 2 2h15"/><path d="M8 7.5v4M12 7.5v4"/><circle cx="16.25" cy="9.5" r="1.75" fill="currentColor" stroke="none"/><path d="M4 18.5h14M15.5 16l2.75 2.5-2.75 2.5"/>',
  'dead-letter-queue':
    '<path d="M3.5 9V6.5a2 2 0 0 1 2-2h13a2 2 0 0 1 2 2V9"/><path d="M3.5 13.5h4.75c.5 2 1.8 3 3.75 3s3.25-1 3.75-3h4.75v4a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/><path d="m9.9 7.9 4.2 4.2M14.1 7.9l-4.2 4.2"/>',
  topic:
    '<path d="M4 10v4.5h3l7 4.5V5.5L7 10z"/><path d="M17 9.25a4 4 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11.5"/><circle cx="10.5" cy="12.25" r="1.5" fill="currentColor" stroke="none"/>',
  stream:
    '<path d="M3.5 7.5c3-2.5 5.5-2.5 8.5 0s5.5 2.5 8.5 0M3.5 12.5c3-2.5 5.5-2.5 8.5 0s5.5 2.5 8.5 0M3.5 17.5c3-2.5 5.5-2.5 8.5 0s5.5 2.5 8.5 0"/><circle cx="12" cy="12.5" r="1.75" fill="currentColor" stroke="none"/>',
  shard:
    '<path d="M3.5 6.5h17v4h-17zM3.5 13.5h17v4h-17z"/><path d="M8 6.5v4M12 6.5v4M8 13.5v4"/><circle cx="16.5" cy="8.5" r="1.25" fill="currentColor" stroke="none"/><circle cx="12.5" cy="15.5" r="1.25" fill="currentColor" stroke="none"/>',
  mapping:
    '<path d="M3.5 12h5M15.5 12h5"/><path d="M8.5 8v8M15.5 8v8M8.5 12h7"/><path d="M10.5 6.5 12 5l1.5 1.5M10.5 17.5 12 19l1.5-1.5"/><circle cx="12" cy="12" r="1.6" fill="currentColor" stroke="none"/>',
  bucket:
    '<path d="M4.5 6.5 6.5 18.5c.2 1.2 2.5 2 5.5 2s5.3-.8 5.5-2l2-12"/><ellipse cx="12" cy="6" rx="7.5" ry="2.5"/><circle cx="12" cy="14" r="1.75" fill="currentColor" stroke="none"/>',
  table:
    '<rect x="3.5" y="4.5" width="17" height="15" rx="1.75"/><path d="M3.5 9.5h17M3.5 14.5h17M9 9.5v10"/><circle cx="6.25" cy="7" r="1.25" fill="currentColor" stroke="none"/>',
  'relational-database':
    '<ellipse cx="12" cy="5.75" rx="7.5" ry="2.5"/><path d="M4.5 5.75v12.5c0 1.4 3.4 2.5 7.5 2.5s7.5-1.1 7.5-2.5V5.75M4.5 12c0 1.4 3.4 2.5 7.5 2.5s7.5-1.1 7.5-2.5"/><circle cx="12" cy="17.75" r="1.5" fill="currentColor" stroke="none"/>',
  'db-proxy':
    '<ellipse cx="16" cy="6.75" rx="5" ry="1.9"/><path d="M11 6.75v10.5c0 1 2.2 1.9 5 1.9s5-.85 5-1.9V6.75"/><path d="M3 8.5h5M3 12h5M3 15.5h5"/><circle cx="16" cy="13" r="1.5" fill="currentColor" stroke="none"/>',
  'file-system':
    '<path d="M3.5 18V6.5a1.5 1.5 0 0 1 1.5-1.5h4l2 2.5h8a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18z"/><path d="M8 12h8M8 15.5h5"/><circle cx="16.25" cy="15.5" r="1.4" fill="currentColor" stroke="none"/>',
  cache:
    '<path d="M12 3.5 20.5 8 12 12.5 3.5 8z"/><path d="m3.5 12 8.5 4.5 8.5-4.5M3.5 16l8.5 4.5 8.5-4.5"/><circle cx="12" cy="8" r="1.5" fill="currentColor" stroke="none"/>',
  vpc: '<path d="M8 3.5H5.5a2 2 0 0 0-2 2V8M16 3.5h2.5a2 2 0 0 1 2 2V8M8 20.5H5.5a2 2 0 0 1-2-2V16M16 20.5h2.5a2 2 0 0 0 2-2V16"/><rect x="7.5" y="7.5" width="9" height="9" rx="1.5"/><circle cx="12" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  zone: '<rect x="3.5" y="3.5" width="17" height="17" rx="2" stroke-dasharray="3.5 2.8"/><path d="M8.5 16 12 7.5 15.5 16M9.8 13h4.4"/>',
  'subnet-public':
    '<path d="M20.5 8.5v-3a2 2 0 0 0-2-2h-13a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h13a2 2 0 0 0 2-2v-3"/><path d="M12 12h9M18 9l3 3-3 3"/><circle cx="10.5" cy="12" r="1.75" fill="currentColor" stroke="none"/>',
  'subnet-private':
    '<rect x="3.5" y="3.5" width="17" height="17" rx="2"/><rect x="8" y="11" width="8" height="5.75" rx="1.25"/><path d="M9.75 11V9.25a2.25 2.25 0 0 1 4.5 0V11"/><circle cx="12" cy="13.9" r="1.1" fill="currentColor" stroke="none"/>',
  'route-table':
    '<rect x="3.5" y="4.5" width="17" height="15" rx="1.75"/><path d="M3.5 9h17"/><path d="M7 12.3h5M7 16h5M14.5 12.3H18M16.7 11l1.5 1.3-1.5 1.3M14.5 16H18M16.7 14.7l1.5 1.3-1.5 1.3"/><circle cx="6.5" cy="6.75" r="1.1" fill="currentColor" stroke="none"/>',
  'internet-gateway':
    '<path d="M4 20.5v-9a8 8 0 0 1 16 0v9"/><path d="M2.5 20.5h19"/><path d="M12 19V9.5M8.75 12.5 12 9.25l3.25 3.25"/><circle cx="12" cy="17.5" r="1.75" fill="currentColor" stroke="none"/>',
  'nat-gateway':
    '<circle cx="12" cy="12" r="8.5"/><path d="M6.5 9.5h8.5M12.5 7l2.75 2.5-2.75 2.5M17.5 15H9M11.5 12.5 8.75 15l2.75 2.5"/><circle cx="17.4" cy="9.5" r="1.2" fill="currentColor" stroke="none"/>',
  'gateway-endpoint':
    '<path d="M9 4H5.5a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2H9"/><path d="M9 9.5 14.5 4l7 7-7 7L9 12.5"/><path d="M3.5 11H9"/><circle cx="14.5" cy="11" r="1.75" fill="currentColor" stroke="none"/>',
  'interface-endpoint':
    '<path d="M9 4H5.5a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2H9"/><rect x="11.5" y="7" width="9" height="10" rx="1.5"/><path d="M3.5 12h8M14.5 10v4M17.5 10v4"/><circle cx="8" cy="12" r="1.6" fill="currentColor" stroke="none"/>',
  'security-group':
    '<path d="M12 3 19.5 5.5v6c0 4.5-3 7.7-7.5 9.5-4.5-1.8-7.5-5-7.5-9.5v-6z"/><path d="M8.5 11.75h5.75M12 9.25l2.5 2.5-2.5 2.5"/><circle cx="8.5" cy="11.75" r="1.4" fill="currentColor" stroke="none"/>',
  nacl: '<path d="M6 20.5V5.5M12 20.5v-3.5M12 10V5.5M18 20.5V5.5M3.5 10h17M3.5 17h17"/><circle cx="12" cy="13.5" r="1.75" fill="currentColor" stroke="none"/>',
  eni: '<rect x="3.5" y="5" width="17" height="10.5" rx="1.75"/><path d="M7 15.5v3.5M10.3 15.5v3.5M13.7 15.5v3.5M17 15.5v3.5"/><path d="M7 10.25h5"/><circle cx="16.25" cy="10.25" r="1.75" fill="currentColor" stroke="none"/>',
  'elastic-ip':
    '<rect x="3.5" y="6.5" width="17" height="11" rx="5.5"/><path d="M10 9.75v4.5M13 14.25v-4.5h1.75a1.5 1.5 0 0 1 0 3H13"/><circle cx="7.25" cy="12" r="1.4" fill="currentColor" stroke="none"/>',
  role: '<path d="M4 8.5c5.3-1.5 10.7-1.5 16 0v3.75c0 4.3-3.2 7.25-8 8.25-4.8-1-8-3.95-8-8.25z"/><path d="M7.5 12.5c1.2-.8 2.3-.8 3.5 0M13 12.5c1.2-.8 2.3-.8 3.5 0M9.5 16.25c1.7 1 3.3 1 5 0"/><circle cx="12" cy="4.25" r="1.5" fill="currentColor" stroke="none"/>',
  policy:
    '<path d="M6 3.5h8.5l4.5 4.5v12.5H6z"/><path d="M14.5 3.5V8H19"/><path d="m9 15.25 2 2 4-4.25"/><circle cx="9.5" cy="9.5" r="1.25" fill="currentColor" stroke="none"/>',
  secret:
    '<rect x="4.5" y="10.5" width="15" height="10" rx="2"/><path d="M8 10.5V7.75a4 4 0 0 1 8 0v2.75M12 16.5v1.5"/><circle cx="12" cy="15" r="1.75" fill="currentColor" stroke="none"/>',
  log: '<path d="M5 3.5h14v17H5z"/><path d="M8.5 8h7M8.5 12h7M8.5 16h3"/><circle cx="14.25" cy="16" r="1.4" fill="currentColor" stroke="none"/>',
  metric:
    '<path d="M3.5 3.5v17h17"/><path d="m7 15.5 3.5-4.5 3.5 2.5 4.5-6.5"/><circle cx="18.5" cy="7" r="1.75" fill="currentColor" stroke="none"/>',
  trace:
    '<path d="M3.5 5.5h9M7 10.5h9M9.5 15.5h11M7 20h5"/><path d="M7 5.5v5M9.5 10.5v5"/><circle cx="3.75" cy="5.5" r="1.6" fill="currentColor" stroke="none"/>',
  alarm:
    '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15z"/><path d="M12 5V3"/><circle cx="12" cy="20.6" r="1.5" fill="currentColor" stroke="none"/>',
  cost: '<circle cx="12" cy="12" r="8.5"/><path d="M15 8.75c-.6-1-1.7-1.5-3-1.5-1.7 0-2.9.9-2.9 2.3 0 3.2 6 1.7 6 5 0 1.4-1.3 2.3-3.1 2.3-1.5 0-2.7-.6-3.3-1.7M12 5.5v1.75M12 16.85v1.65"/>',
  snow: '<path d="M12 3v18M4.2 7.5l15.6 9M19.8 7.5l-15.6 9"/><path d="M9.75 4.25 12 6.5l2.25-2.25M9.75 19.75 12 17.5l2.25 2.25M4.3 10.6l3-.8-.8-3M19.7 13.4l-3 .8.8 3M4.3 13.4l3 .8-.8 3M19.7 10.6l-3-.8.8-3"/>',
  play: '<path d="M7.5 4.8v14.4c0 .8.9 1.3 1.6.8l10.8-7.2c.6-.4.6-1.2 0-1.6L9.1 4c-.7-.5-1.6 0-1.6.8z" fill="currentColor" stroke="none"/>',
  pause:
    '<path d="M6.5 4.5h3.5a.5.5 0 0 1 .5.5v14a.5.5 0 0 1-.5.5H6.5A.5.5 0 0 1 6 19V5a.5.5 0 0 1 .5-.5zM14 4.5h3.5a.5.5 0 0 1 .5.5v14a.5.5 0 0 1-.5.5H14a.5.5 0 0 1-.5-.5V5a.5.5 0 0 1 .5-.5z" fill="currentColor" stroke="none"/>',
  'step-forward':
    '<path d="M5 6.1v11.8c0 .7.7 1.1 1.3.7l8.7-5.9c.5-.3.5-1.1 0-1.4L6.3 5.4C5.7 5 5 5.4 5 6.1z" fill="currentColor" stroke="none"/><path d="M18.5 5.5v13"/>',
  'step-back':
    '<path d="M19 6.1v11.8c0 .7-.7 1.1-1.3.7L9 12.7c-.5-.3-.5-1.1 0-1.4l8.7-5.9c.6-.4 1.3 0 1.3.7z" fill="currentColor" stroke="none"/><path d="M5.5 5.5v13"/>',
  'to-start': '<path d="M5 5v14M19 6l-7 6 7 6M12.5 6l-7 6 7 6"/>',
  'to-end': '<path d="M19 5v14M5 6l7 6-7 6M11.5 6l7 6-7 6"/>',
  speed:
    '<path d="M4.2 17a8.75 8.75 0 1 1 15.6 0"/><path d="m12 13 4-4.5"/><circle cx="12" cy="13" r="1.75" fill="currentColor" stroke="none"/>',
  'smart-time': '<path d="M2.5 12h3l1.5-5 2 10 2-7 1.5 2h1.5"/><path d="M16 8v8M19 8v8M22 10v4"/>',
  bookmark:
    '<path d="M6.5 3.5h11v17L12 16l-5.5 4.5z"/><circle cx="12" cy="9.25" r="1.5" fill="currentColor" stroke="none"/>',
  fault: '<path d="M13.5 2.5 5 13.5h6l-1 8 9-11.5h-6z"/>',
  ok: '<circle cx="12" cy="12" r="8.5"/><path d="m7.75 12.25 3 3 5.5-6.25"/>',
  throttle: '<circle cx="12" cy="12" r="8.5"/><path d="M9 8v8M12 8v8M15 8v8"/>',
  error:
    '<path d="M8.3 3.5h7.4l4.8 4.8v7.4l-4.8 4.8H8.3l-4.8-4.8V8.3z"/><path d="m8.75 8.75 6.5 6.5M15.25 8.75l-6.5 6.5"/>',
  retry:
    '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9"/><path d="M19.5 4v5h-5"/><circle cx="12" cy="12" r="1.6" fill="currentColor" stroke="none"/>',
  drop: '<path d="M12 3v9M8.5 9 12 12.5 15.5 9"/><path d="M4 16.5h4M10 16.5h4M16 16.5h4"/><circle cx="12" cy="20.25" r="1.5" fill="currentColor" stroke="none"/>',
  'dead-letter': '<path d="M12 2.75 21.25 12 12 21.25 2.75 12z"/><path d="m9 9 6 6M15 9l-6 6"/>',
  pending: '<circle cx="12" cy="12" r="8.5" stroke-dasharray="3.2 2.14"/><path d="M12 7.5V12l3 2"/>',
  blocked:
    '<path d="M3 12h9M15 5v14M18.5 5v14"/><circle cx="3.75" cy="12" r="1.6" fill="currentColor" stroke="none"/><path d="M12 9v6"/>',
  reachable:
    '<path d="M3 12h15.5M14 7.5l4.75 4.5L14 16.5"/><circle cx="3.75" cy="12" r="1.6" fill="currentColor" stroke="none"/>',
  public:
    '<path d="M6 4H3.5v16H6M18 4h2.5v3.5M18 20h2.5v-3.5"/><path d="M8 12h13M17.75 8.75 21 12l-3.25 3.25"/><circle cx="8" cy="12" r="1.6" fill="currentColor" stroke="none"/>',
  private:
    '<path d="M6 3.5h12M6 20.5h12M3.5 6v12M20.5 6v12"/><rect x="8" y="10.75" width="8" height="6" rx="1.25"/><path d="M9.75 10.75V9a2.25 2.25 0 0 1 4.5 0v1.75"/>',
  mark: '<rect x="2" y="4.75" width="6" height="14.5" rx="1.75" fill="var(--s-cold-fill, none)" stroke-width="1.35"/><path d="M2.3 10.5 7.5 5.3M2.3 16 7.7 10.6M4 19 7.8 15.2" stroke-width="1.1"/><rect x="9" y="4.75" width="6" height="14.5" rx="1.75" stroke-width="1.35"/><path d="M9.7 12h4.6v5.5a1 1 0 0 1-1 1h-2.6a1 1 0 0 1-1-1z" fill="var(--s-busy-fill, currentColor)" stroke="none"/><rect x="16" y="4.75" width="6" height="14.5" rx="1.75" fill="var(--s-busy-fill, currentColor)" stroke-width="1.35"/>',
  search: '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.3 15.3 5.2 5.2"/>',
  undo: '<path d="M8.5 5 4 9.5 8.5 14M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3.5"/>',
  redo: '<path d="M15.5 5 20 9.5 15.5 14M19.5 9.5H10a5.5 5.5 0 0 0 0 11h3.5"/>',
  share: '<path d="M12 15V3.5M8 7.5l4-4 4 4M5 12.5v7h14v-7"/>',
  present:
    '<path d="M3 4.5h18M4.5 4.5v11h15v-11M12 15.5v2.5M8 21l4-3 4 3"/><circle cx="12" cy="10" r="1.5" fill="currentColor" stroke="none"/>',
  lesson:
    '<path d="M12 6.5c-2.3-1.7-5-2.3-8.5-2v14c3.5-.3 6.2.3 8.5 2 2.3-1.7 5-2.3 8.5-2v-14c-3.5-.3-6.2.3-8.5 2zM12 6.5v14"/>',
  outline: '<path d="M4 5.5h8M8 12h12M8 18.5h12M5 8v10.5h3M5 12h3"/>',
  add: '<path d="M12 5v14M5 12h14"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  more: '<circle cx="5.5" cy="12" r="1.5" fill="currentColor" stroke="none"/><circle cx="12" cy="12" r="1.5" fill="currentColor" stroke="none"/><circle cx="18.5" cy="12" r="1.5" fill="currentColor" stroke="none"/>',
  chevron: '<path d="m9 5.5 6.5 6.5L9 18.5"/>',
  'chevron-down': '<path d="m5.5 9 6.5 6.5L18.5 9"/>',
  check: '<path d="m4.5 12.5 5 5L19.5 7"/>',
  why: '<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.6c.3-1.4 1.2-2.1 2.5-2.1 1.5 0 2.5.9 2.5 2.2 0 1.9-2.5 2-2.5 4"/><circle cx="12" cy="16.6" r="1.1" fill="currentColor" stroke="none"/>',
  warning:
    '<path d="M12 3.5 21.5 20h-19zM12 9.5v5"/><circle cx="12" cy="17.2" r="1.1" fill="currentColor" stroke="none"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5"/><circle cx="12" cy="7.8" r="1.1" fill="currentColor" stroke="none"/>',
  lock: '<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3"/>',
  link: '<path d="M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7L11.5 6.8M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.6-1.6"/>',
  fit: '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>',
  hand: '<path d="M4 12h16M12 4v16M9 6.5 12 3.5l3 3M9 17.5l3 3 3-3M6.5 9l-3 3 3 3M17.5 9l3 3-3 3"/>',
  file: '<path d="M6 3.5h8.5l4.5 4.5v12.5H6zM14.5 3.5V8H19"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3 7 7M17 17l1.7 1.7M18.7 5.3 17 7M7 17l-1.7 1.7"/>',
  moon: '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
  eye: '<path d="M2.5 12c2.3-4.3 5.5-6.5 9.5-6.5s7.2 2.2 9.5 6.5c-2.3 4.3-5.5 6.5-9.5 6.5S4.8 16.3 2.5 12z"/><circle cx="12" cy="12" r="2.25" fill="currentColor" stroke="none"/>',
  'eye-off':
    '<path d="M4.5 8.7A15 15 0 0 0 2.5 12c2.3 4.3 5.5 6.5 9.5 6.5 1.5 0 2.9-.3 4.2-.9M9 6c1-.3 2-.5 3-.5 4 0 7.2 2.2 9.5 6.5a14 14 0 0 1-2.3 3.2M4 4l16 16"/>',
  hint: '<path d="M8.5 15.5c-2-1.3-3-3-3-5.25a6.5 6.5 0 0 1 13 0c0 2.25-1 3.95-3 5.25V18h-7zM9.5 21h5"/><circle cx="12" cy="10.5" r="1.5" fill="currentColor" stroke="none"/>',
} as const

export type GlyphName = keyof typeof GLYPH_PATHS

/**
 * One glyph as SVG source, for thumbnails and exports built outside React.
 * @param at  position and edge in the units of the surrounding SVG (px)
 * @returns an `<svg>` element drawn in `currentColor`
 */
export function glyphSvg(name: GlyphName, at: { x?: number; y?: number; size?: number } = {}): string {
  const { x = 0, y = 0, size = 16 } = at
  return (
    `<svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" ` +
    `stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round">${GLYPH_PATHS[name]}</svg>`
  )
}
