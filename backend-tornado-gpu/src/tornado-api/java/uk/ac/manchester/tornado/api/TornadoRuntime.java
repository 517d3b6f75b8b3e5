package uk.ac.manchester.tornado.api;

/** What is installed. */
public interface TornadoRuntime {
    /** The backend of a number. */
    TornadoBackend getBackend(int index);

    /** How many there are. */
    int getNumBackends();
}
