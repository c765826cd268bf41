/**
 * What a person at a terminal meets: the command line, its help, what is printed at start, and the
 * one sentence that says why the server did not start. Knows no Spring but the names of its
 * start-up failures.
 */
@NullMarked
package io.quorate.gateway.cli;

import org.jspecify.annotations.NullMarked;
