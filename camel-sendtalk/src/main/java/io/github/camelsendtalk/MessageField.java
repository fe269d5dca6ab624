package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkValidationException;

/** A field of a message that headers and options may say; the text is always the body. */
enum MessageField {
    PHONE("phone", SendTalkConstants.PHONE),
    MESSAGE_TYPE("messageType", SendTalkConstants.MESSAGE_TYPE),
    FILENAME("filename", SendTalkConstants.FILENAME),
    CAPTION("caption", SendTalkConstants.CAPTION);

    private final String apiName;
    private final String header;
    private final String eventHeader;

    MessageField(String apiName, String header) {
        this.apiName = apiName;
        this.header = header;
        this.eventHeader = "ce-" + apiName;
    }

    /** The API's name of the field, which is also the name of the option and of the short header. */
    String apiName() {
        return apiName;
    }

    /** The name of the component's own header. */
    String header() {
        return header;
    }

    /** The header that an attribute of a CloudEvent comes in, as Camel's kamelets read it. */
    String eventHeader() {
        return eventHeader;
    }

    /** The complaint about a value of this field. */
    SendTalkValidationException invalid(String complaint) {
        return new SendTalkValidationException(Operation.send, apiName, complaint);
    }
}
