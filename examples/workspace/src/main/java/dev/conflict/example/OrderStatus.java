package dev.conflict.example;

/** How far an order has come. */
public enum OrderStatus {
    /** Taken, not paid. */
    NEW,
    /** Paid, not sent. */
    PAID,
    /** On its way to the customer. */
    SHIPPED,
    /** Sent back by the customer. */
    RETURNED,
    /** Given up. */
    CANCELLED
}
