/**
 * What the server was told: flags over the file given with {@code --config} over defaults, as
 * checked, immutable records. Every refusal is one sentence that names the setting and what it may
 * be. Secrets never appear in a {@code toString}.
 */
@NullMarked
package io.quorate.gateway.config;

import org.jspecify.annotations.NullMarked;
