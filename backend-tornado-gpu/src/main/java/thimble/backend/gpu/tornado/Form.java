package thimble.backend.gpu.tornado;

/** How the launches of a program become graphs. */
enum Form {
    /** Many tasks in one graph. */
    TOGETHER(200),
    /** One graph for each task: where a graph runs the kernel of its first task for all of them. */
    APART(1);

    private final int tasks;

    Form(int tasks) {
        this.tasks = tasks;
    }

    /** At most this many tasks are in a graph; the interpreter has room for 256. */
    int tasks() {
        return tasks;
    }
}
