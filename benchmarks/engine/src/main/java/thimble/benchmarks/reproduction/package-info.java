/** What a named experiment is made of, and how it is run: parts, studies, measurements, the ledger of results, findings and verdicts. */
package thimble.benchmarks.reproduction;
