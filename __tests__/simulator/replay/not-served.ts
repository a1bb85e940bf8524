/** Calls of the recordings that the simulator does not have: no client needs them for a VM's life. */
export const NOT_SERVED = /\/feature$|\/agent\/get-fsinfo$/;
