package io.github.camelsendtalk;

import io.github.camelsendtalk.client.JsonFields;
import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkValidationException;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Finds bodies that are left over from an earlier step. */
final class LeftoverChecks {

    /** What toString makes of a map with the fields of a message. */
    private static final Pattern MAP_FORM =
            Pattern.compile("\\{(?:phone|messageType|body|filename|caption)=.*}", Pattern.DOTALL);

    private LeftoverChecks() {}

    /** Refuses a body that is the result of an earlier step, or that no step made a text of: it would be sent and paid for. */
    static void requireText(String text, Exchange exchange) throws SendTalkValidationException {
        if (SentIds.contain(exchange, text)) {
            throw invalidText(
                    "is the id of a message that an earlier step has sent. To send to several, use a multicast, or"
                            + " keep the text, for instance in a variable, and set it again before this step");
        }
        if (isTextForm(text.strip())) {
            throw invalidText(
                    "is what toString makes of an object, such as the status of a message: set a text before this"
                            + " step");
        }
        if (JsonFields.isUnreadMessage(text)) {
            throw invalidText(
                    "is a message as JSON, which would be sent as it is: unmarshal it first, for instance with"
                            + " unmarshal().json()");
        }
    }

    private static boolean isTextForm(String text) {
        return text.startsWith("MessageStatus[")
                || text.startsWith("SendTalkMessage[")
                || text.startsWith("SendResult[")
                || text.startsWith("{") && MAP_FORM.matcher(text).matches();
    }

    private static SendTalkValidationException invalidText(String problem) {
        return new SendTalkValidationException(Operation.send, "body", "The text %s.".formatted(problem));
    }
}
