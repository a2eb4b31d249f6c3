/** A message in a parcel (`Parcels`): flat groups of ITEM integers. */
export const ITEM = 5
/** Handle of the receive, for deleting it. */
export const HANDLE = 0
export const PAYLOAD = 1
export const TRACE = 2
/** How often it was received, this time included. */
export const RECEIVES = 3
/** Functions its event has passed through on its way, for the recursion guard (LAM-68). */
export const PASSES = 4
