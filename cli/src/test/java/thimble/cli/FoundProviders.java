package thimble.cli;

import thimble.backend.Backends;
import thimble.data.Augmenter;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.train.Regularizer;

/** Prints the providers that a JVM finds: every backend that works and every method of two kinds, one name a line. */
public final class FoundProviders {
    private FoundProviders() {}

    public static void main(String[] arguments) {
        for (Backends.Found found : Backends.found()) {
            switch (found) {
                case Backends.Found.Usable usable -> System.out.println("backend " + usable.name());
                case Backends.Found.Unusable unusable ->
                    System.out.println("unusable " + unusable.name() + " " + unusable.reason());
            }
        }
        for (Method method : Methods.discover(Regularizer.class)) {
            System.out.println("regularizer " + method.name());
        }
        for (Method method : Methods.discover(Augmenter.class)) {
            System.out.println("augmenter " + method.name());
        }
    }
}
