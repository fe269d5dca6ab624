/**
 * Keeps the documents true: what they show is generated from the catalog or taken from files that are run here.
 *
 * <p>Depends on the component, the sandbox and Camel. Nothing here is published.
 */
@NullMarked
package io.github.camelsendtalk.docs;

import org.jspecify.annotations.NullMarked;
