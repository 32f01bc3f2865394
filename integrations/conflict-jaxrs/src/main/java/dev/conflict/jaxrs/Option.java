package dev.conflict.jaxrs;

/** What a feature can do beside. */
enum Option {
    /** The answer to a PUT carries the tag that was offered, whatever was stored. */
    TAG_ON_PUT,

    /** The mappers of the application come first, also those that map everything. */
    YIELD_TO_MAPPERS
}
