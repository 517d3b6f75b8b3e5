package thimble.backend.gpu;

import thimble.backend.ProgramCache;
import thimble.backend.gpu.device.ComputeDevice;

/**
 * An open device with the programs compiled for it.
 *
 * @param device the device
 * @param programs its programs
 */
record Session(ComputeDevice device, ProgramCache programs) {}
