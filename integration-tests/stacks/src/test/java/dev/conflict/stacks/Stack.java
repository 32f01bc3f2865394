package dev.conflict.stacks;

/**
 * A framework on a container.
 *
 * @param container the container
 * @param framework the framework
 */
record Stack(Container container, Framework framework) {
    @Override
    public String toString() {
        return framework + " on " + container;
    }
}
