/**
 * Puts other components into the same trouble as ours, and writes down what each did.
 *
 * <p>The right outcome is asserted of ours; of the others only what the documents name.
 */
@NullMarked
package io.github.camelsendtalk.ledger.comparison;

import org.jspecify.annotations.NullMarked;
