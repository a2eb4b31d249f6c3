/** Styles of the canvas in the order in which they apply. */
import '@xyflow/react/dist/base.css'
import './canvas.css'
import './empty.css'
import './faces.css'
import './faces/slots.css'
import './faces/releases.css'
import './faces/bodies.css'
