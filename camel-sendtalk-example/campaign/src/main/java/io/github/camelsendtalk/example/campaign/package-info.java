/**
 * A campaign: sends the rows of a CSV file through SendTalk, follows each to its final status, and can be interrupted and
 * started again.
 *
 * <p>The route is in {@code camel/campaign.camel.yaml}; the classes here read the rows, keep on disk how each stands, and
 * show it. What the route calls ({@link io.github.camelsendtalk.example.campaign.Campaign} and
 * {@link io.github.camelsendtalk.example.campaign.Journal}) may be called by many threads at a time.
 */
@NullMarked
package io.github.camelsendtalk.example.campaign;

import org.jspecify.annotations.NullMarked;
