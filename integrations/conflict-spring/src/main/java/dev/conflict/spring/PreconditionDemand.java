package dev.conflict.spring;

/** Whether a write has to state what it is based on. */
public enum PreconditionDemand {
    /** A write that states nothing passes; what is stated is evaluated. */
    NONE,
    /** A write that states nothing is refused with 428, where the rules of the filter demand it. */
    BY_RULES
}
