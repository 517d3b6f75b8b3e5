/** The report and the terminal's result: sentences, figures and tables from one summary. */
package thimble.benchmarks.report;
