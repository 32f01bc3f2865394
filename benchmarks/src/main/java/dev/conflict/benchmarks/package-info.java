/** What things cost, here and elsewhere. */
package dev.conflict.benchmarks;
