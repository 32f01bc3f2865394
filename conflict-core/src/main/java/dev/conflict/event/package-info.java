/**
 * What happened, for whoever listens: events with their own enums, and statistics. A leaf that uses nothing else of ours.
 */
@NullMarked
package dev.conflict.event;

import org.jspecify.annotations.NullMarked;
