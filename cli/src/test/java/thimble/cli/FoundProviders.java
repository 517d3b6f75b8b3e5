package thimble.cli;

import thimble.backend.Backends;
import thimble.data.Augmenter;
import thimble.data.FeatureExtractor;
import thimble.method.Method;
import thimble.method.Methods;
import thimble.train.Ensemble;
import thimble.train.Learner;
import thimble.train.Regularizer;

/** Prints the providers that a JVM finds: every backend that works and every method of five kinds, one name a line. */
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
        for (Method method : Methods.discover(Learner.class)) {
            System.out.println("learner " + method.name());
        }
        for (Method method : Methods.discover(Ensemble.class)) {
            System.out.println("ensemble " + method.name());
        }
        for (Method method : Methods.discover(FeatureExtractor.class)) {
            System.out.println("features " + method.name());
        }
    }
}
