package io.github.camelsendtalk.cluster.otp;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the code of one number.
 *
 * @param id what the client was told, if it was told an id
 * @param taken how often SendTalk took a message to the number
 * @param texted how often the second channel got one
 * @param isRight whether each text that came to the number had the code of the id, and no other
 * @param delivery what the service says of it in the end
 * @param story all of it, in words
 */
record Code(
        int number,
        @Nullable UUID id,
        int taken,
        int texted,
        boolean isRight,
        @Nullable String delivery,
        String story) {

    static final Set<String> SENT = Set.of("sent", "delivered");
    static final String UNKNOWN = "unknown";

    int received() {
        return taken + texted;
    }
}
