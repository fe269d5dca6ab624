package io.github.camelsendtalk.cluster;

import io.github.camelsendtalk.example.campaign.CampaignMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts processes of the campaign. */
final class CampaignProcess {

    private CampaignProcess() {}

    /** @param jvm further options of its JVM */
    static JavaProcess start(
            String name,
            Path folder,
            List<String> jvm,
            String role,
            Postgres database,
            String baseUrl,
            Map<String, String> options)
            throws IOException {
        Map<String, String> properties = new LinkedHashMap<>(Map.of(
                "org.slf4j.simpleLogger.defaultLogLevel",
                "info",
                "role",
                role,
                "db.url",
                database.url(name),
                "campaign.sandbox",
                baseUrl,
                "campaign.target",
                folder.toString()));
        properties.putAll(options);
        return new JavaProcess(name, folder, jvm, CampaignMain.class, properties);
    }
}
