package dev.conflict.example;

/** How far a task has come. */
public enum TaskStatus {
    /** Somebody has to look at it. */
    PENDING_REVIEW,
    /** Who wants it done has to say more. */
    REQUIRES_INFORMATION,
    /** It will be done. */
    APPROVED
}
