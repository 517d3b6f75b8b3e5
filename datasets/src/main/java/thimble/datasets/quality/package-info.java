/** Tools that look for faults in data: duplicates, leaks, conflicting labels, blank pictures, doubtful labels. */
package thimble.datasets.quality;
