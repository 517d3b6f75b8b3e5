package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;

/** Tasks with the data that they need. */
public class TaskGraph {
    /** What a graph does when it runs. */
    sealed interface Step {
        /** Copies to the device. */
        record In(int mode, Object object) implements Step {}

        /** Takes what another graph left on the device. */
        record Consume(Object object) implements Step {}

        /** Runs a kernel. */
        record Task(String id, String entryPoint, String file, AccessorParameters arguments) implements Step {}

        /** Copies to the host. */
        record Out(int mode, Object object) implements Step {}

        /** Leaves on the device. */
        record Persist(Object object) implements Step {}
    }

    private final String name;
    private final List<Step> steps = new ArrayList<>();

    /** Empty. */
    public TaskGraph(String name) {
        this.name = name;
    }

    /** Copies objects to the device before the tasks. */
    public TaskGraph transferToDevice(int mode, Object... objects) {
        for (Object object : objects) {
            steps.add(new Step.In(mode, object));
        }
        return this;
    }

    /** Copies objects to the host after the tasks. */
    public TaskGraph transferToHost(int mode, Object... objects) {
        for (Object object : objects) {
            steps.add(new Step.Out(mode, object));
        }
        return this;
    }

    /** Takes objects from the graph that ran before. */
    public TaskGraph consumeFromDevice(Object... objects) {
        for (Object object : objects) {
            steps.add(new Step.Consume(object));
        }
        return this;
    }

    /** Leaves objects on the device. */
    public TaskGraph persistOnDevice(Object... objects) {
        for (Object object : objects) {
            steps.add(new Step.Persist(object));
        }
        return this;
    }

    /** Adds a task whose kernel is text. */
    public TaskGraph prebuiltTask(
            String id, String entryPoint, String filename, AccessorParameters accessorParameters) {
        steps.add(new Step.Task(id, entryPoint, filename, accessorParameters));
        return this;
    }

    /** The finished graph. */
    public ImmutableTaskGraph snapshot() {
        return new ImmutableTaskGraph(name, steps);
    }
}
