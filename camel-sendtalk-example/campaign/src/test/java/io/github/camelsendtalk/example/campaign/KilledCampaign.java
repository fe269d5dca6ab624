package io.github.camelsendtalk.example.campaign;

import java.nio.file.Path;
import java.util.Map;

/** The main class of a campaign in a JVM of its own, which sends to the sandbox of the test that kills it. */
final class KilledCampaign {

    private KilledCampaign() {}

    public static void main(String[] args) throws RefusalException {
        Settings settings = Settings.read(Map.of(), Map.of("campaign.target", args[1]));
        int exitCode = new CampaignRun(
                        settings, RowReader.file(Path.of(args[2])), TestCampaign.componentOptions(args[0]), System.out)
                .execute();
        System.exit(exitCode);
    }
}
