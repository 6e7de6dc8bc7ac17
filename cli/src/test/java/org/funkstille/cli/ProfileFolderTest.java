package org.funkstille.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.funkstille.core.config.Profiles;
import org.funkstille.core.model.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileFolderTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void profiles_withoutOwn_areThoseThatComeWithIt() {
        Profiles profiles = profiles();

        assertThat(profiles.models()).contains("lumi.gateway.v3", "roborock.vacuum.a15");
        assertThat(profiles.models())
                .allSatisfy(model -> assertThat(profiles.find().apply(model))
                        .get()
                        .extracting("model")
                        .isEqualTo(model));
    }

    @Test
    void profiles_ownOfTheSameName_wins() throws IOException {
        assertThat(profiles().find().apply("lumi.gateway.v3").orElseThrow().answer())
                .isEqualTo(Answer.REJECT);

        own("lumi.gateway.v3", "{model: lumi.gateway.v3, title: Mine, answer: drop, sources: [me]}");

        assertThat(profiles().find().apply("lumi.gateway.v3").orElseThrow().title())
                .isEqualTo("Mine");
        assertThat(profiles().find().apply("lumi.gateway.v3").orElseThrow().answer())
                .isEqualTo(Answer.DROP);
        assertThat(profiles().models()).doesNotHaveDuplicates();
    }

    @Test
    void profiles_ownOfANewName_isKnown() throws IOException {
        own("my.lamp", "{model: my.lamp, title: Lamp, answer: drop, sources: [me]}");
        Files.writeString(folder.resolve("profiles/README.txt"), "not a profile");

        assertThat(profiles().models()).contains("my.lamp", "lumi.gateway.v3").noneMatch(one -> one.contains("README"));
        assertThat(profiles().find().apply("my.lamp")).isPresent();
    }

    @Test
    void profiles_ownThatIsFaulty_isTold() throws IOException {
        own("my.lamp", "{model: my.lamp}");

        assertThatThrownBy(() -> profiles().find().apply("my.lamp"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("my.lamp.yaml:1:1: a device model needs the key \"title\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "../secret",
                "..",
                ".",
                "",
                "/etc/passwd",
                "a/../../secret",
                "profiles/../secret",
                "secret\0",
                "a\\b",
                "%2e%2e/secret",
                "unknown"
            })
    void find_pathTricks_findNothing(String model) throws IOException {
        String profile = "{model: x, title: X, answer: drop, sources: [me]}";
        own("other", profile);
        Files.writeString(folder.resolve("secret.yaml"), profile);

        assertThat(profiles().find().apply(model)).isEmpty();
    }

    private Profiles profiles() {
        return ProfileFolder.besides(folder.resolve("funkstille.yaml")).profiles();
    }

    private void own(String model, String text) throws IOException {
        Files.createDirectories(folder.resolve("profiles"));
        Files.writeString(folder.resolve("profiles").resolve(model + ".yaml"), text);
    }
}
