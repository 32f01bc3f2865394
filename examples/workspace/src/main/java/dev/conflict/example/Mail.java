package dev.conflict.example;

/** Sends mail. */
@FunctionalInterface
interface Mail {
    void send(String to, String text);
}
