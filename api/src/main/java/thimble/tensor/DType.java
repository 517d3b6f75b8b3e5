package thimble.tensor;

/** Kind of number that a tensor holds. */
public enum DType {
    /** IEEE 754 single precision; the reference computes it in double precision. Comparisons give 0 or 1 of this kind. */
    FLOAT32,
    /** 32-bit signed integer: indices, class numbers and random keys. */
    INT32
}
