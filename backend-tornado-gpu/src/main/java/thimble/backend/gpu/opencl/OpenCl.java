package thimble.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of libOpenCL that are used here. Handles of the driver are numbers; addresses of host memory are segments. Names and order
 * of arguments are those of the Khronos specification.
 */
final class OpenCl {
    /** Where the loader of drivers lies on the systems that Java knows. */
    static final List<String> NAMES = List.of(
            "libOpenCL.so.1", "libOpenCL.so", "OpenCL.dll", "/System/Library/Frameworks/OpenCL.framework/OpenCL");

    final MethodHandle getPlatformIds;
    final MethodHandle getPlatformInfo;
    final MethodHandle getDeviceIds;
    final MethodHandle getDeviceInfo;
    final MethodHandle createContext;
    final MethodHandle releaseContext;
    final MethodHandle createCommandQueue;
    final MethodHandle releaseCommandQueue;
    final MethodHandle createBuffer;
    final MethodHandle releaseMemObject;
    final MethodHandle createProgramWithSource;
    final MethodHandle createProgramWithBinary;
    final MethodHandle buildProgram;
    final MethodHandle getProgramBuildInfo;
    final MethodHandle getProgramInfo;
    final MethodHandle releaseProgram;
    final MethodHandle createKernel;
    final MethodHandle releaseKernel;
    final MethodHandle setKernelArg;
    final MethodHandle enqueueNdRangeKernel;
    final MethodHandle enqueueWriteBuffer;
    final MethodHandle enqueueReadBuffer;
    final MethodHandle enqueueFillBuffer;
    final MethodHandle enqueueMapBuffer;
    final MethodHandle enqueueUnmapMemObject;
    final MethodHandle enqueueMarkerWithWaitList;
    final MethodHandle waitForEvents;
    final MethodHandle releaseEvent;
    final MethodHandle flush;
    final MethodHandle finish;

    private final SymbolLookup symbols;

    private OpenCl(SymbolLookup symbols) {
        this.symbols = symbols;
        getPlatformIds = function("clGetPlatformIDs", "iaa");
        getPlatformInfo = function("clGetPlatformInfo", "lilaa");
        getDeviceIds = function("clGetDeviceIDs", "lliaa");
        getDeviceInfo = function("clGetDeviceInfo", "lilaa");
        createContext = function("clCreateContext", "aiaalal");
        releaseContext = function("clReleaseContext", "l");
        createCommandQueue = function("clCreateCommandQueue", "lllal");
        releaseCommandQueue = function("clReleaseCommandQueue", "l");
        createBuffer = function("clCreateBuffer", "lllaal");
        releaseMemObject = function("clReleaseMemObject", "l");
        createProgramWithSource = function("clCreateProgramWithSource", "liaaal");
        createProgramWithBinary = function("clCreateProgramWithBinary", "liaaaaal");
        buildProgram = function("clBuildProgram", "liaall");
        getProgramBuildInfo = function("clGetProgramBuildInfo", "llilaa");
        getProgramInfo = function("clGetProgramInfo", "lilaa");
        releaseProgram = function("clReleaseProgram", "l");
        createKernel = function("clCreateKernel", "laal");
        releaseKernel = function("clReleaseKernel", "l");
        setKernelArg = function("clSetKernelArg", "lila");
        enqueueNdRangeKernel = function("clEnqueueNDRangeKernel", "lliaaaiaa");
        enqueueWriteBuffer = function("clEnqueueWriteBuffer", "llillaiaa");
        enqueueReadBuffer = function("clEnqueueReadBuffer", "llillaiaa");
        enqueueFillBuffer = function("clEnqueueFillBuffer", "llallliaa");
        enqueueMapBuffer = function("clEnqueueMapBuffer", "llillliaaal");
        enqueueUnmapMemObject = function("clEnqueueUnmapMemObject", "llaiaa");
        enqueueMarkerWithWaitList = function("clEnqueueMarkerWithWaitList", "liaa");
        waitForEvents = function("clWaitForEvents", "ia");
        releaseEvent = function("clReleaseEvent", "l");
        flush = function("clFlush", "l");
        finish = function("clFinish", "l");
    }

    /**
     * Binds the first library found of these names.
     *
     * @throws UnsatisfiedLinkError if there is none, or one of another kind
     */
    @SuppressWarnings("restricted")
    static OpenCl load(List<String> names) {
        for (String name : names) {
            try {
                return new OpenCl(SymbolLookup.libraryLookup(name, Arena.global()));
            } catch (IllegalArgumentException absent) {
                continue;
            }
        }
        throw new UnsatisfiedLinkError("none of " + names);
    }

    /** Letters: i int, l long or handle, a address. A name that begins with clCreate, and clEnqueueMapBuffer, has its result last. */
    @SuppressWarnings("restricted")
    private MethodHandle function(String name, String letters) {
        boolean creates = name.startsWith("clCreate") || name.equals("clEnqueueMapBuffer");
        List<MemoryLayout> arguments = new ArrayList<>();
        for (char letter : letters.toCharArray()) {
            arguments.add(
                    switch (letter) {
                        case 'i' -> ValueLayout.JAVA_INT;
                        case 'l' -> ValueLayout.JAVA_LONG;
                        case 'a' -> ValueLayout.ADDRESS;
                        default -> throw new IllegalArgumentException("[opencl] unknown letter " + letter);
                    });
        }
        MemoryLayout result = creates ? arguments.removeLast() : ValueLayout.JAVA_INT;
        FunctionDescriptor type = FunctionDescriptor.of(result, arguments.toArray(MemoryLayout[]::new));
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find(name)
                                .orElseThrow(() -> new UnsatisfiedLinkError("libOpenCL has no function " + name)),
                        type);
    }
}
