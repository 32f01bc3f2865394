package dev.conflict.servlet;

/**
 * What a filter holds back.
 *
 * @param maxBodyBytes the largest body that it holds
 * @param strong whether the tags are strong
 * @param flushed whether a body is held on when the application flushes it
 * @param pool where the buffers come from
 */
record HeldRules(int maxBodyBytes, boolean strong, boolean flushed, ChunkPool pool) {}
