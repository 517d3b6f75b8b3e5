package thimble.benchmarks;

/**
 * One candidate of a tuning.
 *
 * @param key what is tuned for; repeat 0 where all repeats share the choice
 * @param number number of the candidate, from 0
 */
record Candidate(TrialKey key, int number) {}
