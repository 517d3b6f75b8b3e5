package thimble.data;

/** Seeds made of several numbers, so that neighbouring numbers give unrelated generators. */
final class Seeds {
    private Seeds() {}

    /** 64 bits that depend on all words and their order: the finaliser of SplitMix64 after each word. */
    static long of(long... words) {
        long hash = 0;
        for (long word : words) {
            hash = finish(hash + word + 0x9e3779b97f4a7c15L);
        }
        return hash;
    }

    private static long finish(long hash) {
        long first = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }
}
