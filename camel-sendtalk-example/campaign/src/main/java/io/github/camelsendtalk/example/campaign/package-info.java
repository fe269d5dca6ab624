/** A campaign: puts the rows of a CSV file into an outbox, watches until all of them have ended, and reports what became of each. */
@NullMarked
package io.github.camelsendtalk.example.campaign;

import org.jspecify.annotations.NullMarked;
