package uk.ac.manchester.tornado.api.enums;

/** The interface through which devices are reached. */
public enum TornadoVMBackendType {
    OPENCL,
    METAL,
    PTX,
    CUDA,
    SPIRV,
    JAVA,
    VIRTUAL
}
