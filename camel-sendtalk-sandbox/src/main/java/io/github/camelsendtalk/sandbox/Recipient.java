package io.github.camelsendtalk.sandbox;

import com.github.tomakehurst.wiremock.common.Metadata;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.util.Comparator;
import java.util.List;

/**
 * A recipient that misbehaves on purpose, as the metadata of a mapping describe it.
 *
 * @param ending    the last digits of the number
 * @param answer    what happens to a message
 * @param accepted  whether the message is accepted
 * @param exception what the component makes of it, empty where it is a success
 */
record Recipient(String ending, String answer, boolean accepted, String exception) {

    static List<Recipient> in(List<StubMapping> mappings) {
        return mappings.stream()
                .map(StubMapping::getMetadata)
                .filter(metadata -> metadata != null && metadata.containsKey("recipient"))
                .map(Recipient::of)
                .sorted(Comparator.comparing(Recipient::ending))
                .toList();
    }

    private static Recipient of(Metadata metadata) {
        Metadata recipient = metadata.getMetadata("recipient");
        return new Recipient(
                recipient.getString("ending"),
                recipient.getString("answer"),
                recipient.getBoolean("accepted", metadata.getBoolean("accepts", false)),
                recipient.getString("exception", ""));
    }
}
