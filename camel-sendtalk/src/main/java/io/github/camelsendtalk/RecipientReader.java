package io.github.camelsendtalk;

import io.github.camelsendtalk.client.PhoneReader;
import io.github.camelsendtalk.client.SendTalkValidationException;
import org.jspecify.annotations.Nullable;

/** Reads who is meant: the number of a message, or the one to check. */
final class RecipientReader {

    private final PhoneReader phones;
    private final PhoneReader phonesOfComponent;

    RecipientReader(SendTalkConfiguration endpoint, SendTalkConfiguration component) {
        this.phones = new PhoneReader(endpoint.getPhoneRegion());
        this.phonesOfComponent = new PhoneReader(component.phoneRegionOr(endpoint.getPhoneRegion()));
    }

    /** The number from the strongest source, as the API wants it, or null where none says anything. */
    @Nullable
    String read(MessageFields fields) throws SendTalkValidationException {
        MessageFields.Found found = fields.phone();
        if (found == null) {
            return null;
        }
        String recipient = read(found, fields);
        if (found.source() == MessageFields.Source.URI) {
            MessageFields.Found other = fields.phoneOfBody();
            if (other != null && !read(other, fields).equals(recipient)) {
                throw MessageField.PHONE.invalid(
                        "The body names another recipient than the URI: what is for one must not go to the other. Take the"
                                + " number out of the body or out of the URI.");
            }
        }
        return recipient;
    }

    private String read(MessageFields.Found phone, MessageFields fields) throws SendTalkValidationException {
        try {
            return switch (phone.source()) {
                case URI -> fields.isDynamic() ? phones.readWebValue(phone.text()) : phones.read(phone.text());
                case COMPONENT -> phonesOfComponent.read(phone.text());
                case BODY, HEADER, SHORT_HEADER, EVENT_HEADER, TEXT -> phones.readWebValue(phone.text());
            };
        } catch (IllegalArgumentException e) {
            throw MessageField.PHONE.invalid("The phone number in %s %s.".formatted(phone.place(), e.getMessage()));
        }
    }
}
