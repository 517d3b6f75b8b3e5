package thimble.datasets.quality;

/**
 * An example by how little a model that did not learn it agrees with its label.
 *
 * @param index position in the data
 * @param item part, origin and given class
 * @param likely the class the model prefers
 * @param given probability of the given class
 * @param preferred probability of the preferred class
 * @param loss cross-entropy −ln of the probability of the given class, at most −ln 1e-12
 */
public record Suspect(int index, Item item, String likely, double given, double preferred, double loss) {
    /** True if the model prefers another class. */
    public boolean disagrees() {
        return !likely.equals(item.label());
    }
}
