package org.funkstille.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rooms of the house: who may know whom, and what the inner ones may not do. */
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.funkstille");

    /** Each room, and the rooms that it may use. */
    private static final Map<String, Set<String>> USES = Map.of(
            "core", Set.of(),
            "proof", Set.of("core"),
            "kernel", Set.of(),
            "journal", Set.of("core"),
            "evidence", Set.of("core", "kernel"),
            "routers", Set.of("core", "kernel"),
            "discovery", Set.of("core", "kernel", "routers"),
            "guard", Set.of("core", "proof", "kernel", "evidence", "routers", "journal"),
            "lab", Set.of("core", "kernel"),
            "cli", Set.of("core", "proof", "kernel", "evidence", "routers", "discovery", "journal", "guard", "lab"));

    static final List<String> ROOMS = USES.keySet().stream().sorted().toList();

    /** Without this, a library too old for our class files would import nothing and find nothing wrong. */
    @ParameterizedTest
    @FieldSource("ROOMS")
    void import_everyRoom_hasClassesWithTheirDependencies(String room) {
        List<JavaClass> found =
                CLASSES.stream().filter(one -> room.equals(roomOf(one))).toList();

        assertThat(found).hasSizeGreaterThan(5);
        assertThat(found.stream()
                        .mapToInt(one -> one.getDirectDependenciesFromSelf().size())
                        .sum())
                .isGreaterThan(found.size());
    }

    @Test
    void import_allRooms_areThoseOfTheHouse() {
        assertThat(CLASSES.stream().map(ArchitectureTest::roomOf).distinct().sorted())
                .containsExactlyElementsOf(ROOMS);
        assertThat(CLASSES.size()).isGreaterThan(250);
        assertThat(CLASSES.contain("org.funkstille.core.verdict.Judge")).isTrue();
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void room_anyClass_usesOnlyRoomsBelow(String room) {
        Set<String> allowed = USES.getOrDefault(room, Set.of());

        noClasses()
                .that()
                .resideInAPackage("org.funkstille." + room + "..")
                .should()
                .dependOnClassesThat(describe(
                        "are of our rooms other than " + allowed,
                        one -> one.getPackageName().startsWith("org.funkstille.")
                                && !roomOf(one).equals(room)
                                && !allowed.contains(roomOf(one))))
                .check(CLASSES);
    }

    @Test
    void coreAndProof_anyClass_opensNothing() {
        Map<String, Set<String>> values = Map.of(
                "java.net", Set.of("InetAddress", "Inet4Address", "Inet6Address", "UnknownHostException"),
                "java.nio", Set.of("ByteBuffer", "ByteOrder", "IntBuffer"),
                "java.nio.file", Set.of("Path", "InvalidPathException"),
                "java.io", Set.of("StringReader", "Serializable", "IOException", "UncheckedIOException"));
        DescribedPredicate<JavaClass> opens = describe("can do input or output", one -> {
            JavaClass type = one.getBaseComponentType();
            String room = type.getPackageName();
            return Stream.of("java.net", "java.nio", "java.io", "javax.net", "java.sql")
                            .anyMatch(root -> room.equals(root) || room.startsWith(root + "."))
                    && !values.getOrDefault(room, Set.of()).contains(type.getSimpleName());
        });

        noClasses()
                .that(resideInAnyPackage("org.funkstille.core..", "org.funkstille.proof.."))
                .should()
                .dependOnClassesThat(opens)
                .check(CLASSES);
    }

    @Test
    void coreAndProof_anyClass_asksNoClockNoDnsNoEnvironmentAndPrintsNothing() {
        DescribedPredicate<JavaCall<?>> asks = describe("asks the world outside", call -> {
            String owner = call.getTargetOwner().getName();
            String name = call.getName();
            return switch (owner) {
                case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
                case "java.time.Instant", "java.time.LocalDate", "java.time.LocalDateTime", "java.time.ZonedDateTime" ->
                    name.equals("now")
                            && call.getTarget().getRawParameterTypes().isEmpty();
                case "java.lang.System" ->
                    Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty", "exit", "getLogger")
                            .contains(name);
                case "java.net.InetAddress" ->
                    Set.of("getByName", "getAllByName", "getLocalHost", "getHostName", "getCanonicalHostName")
                            .contains(name);
                case "java.nio.file.Path" ->
                    Set.of("toRealPath", "toAbsolutePath", "register").contains(name);
                default -> false;
            };
        });

        noClasses()
                .that(resideInAnyPackage("org.funkstille.core..", "org.funkstille.proof.."))
                .should()
                .callMethodWhere(describe("asks the world outside", call -> asks.test(call)))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void coreAndProof_anyClass_startsNoThreads() {
        noClasses()
                .that(resideInAnyPackage("org.funkstille.core..", "org.funkstille.proof.."))
                .should()
                .dependOnClassesThat(describe(
                        "are about threads",
                        one -> one.isAssignableTo(Thread.class)
                                || one.getName().equals("java.lang.ProcessBuilder")
                                || one.getPackageName().startsWith("java.util.concurrent")))
                .orShould()
                .callMethod(Object.class, "wait")
                .check(CLASSES);
    }

    @Test
    void packages_all_areNullMarked() {
        List<JavaPackage> packages =
                CLASSES.stream().map(JavaClass::getPackage).distinct().toList();

        assertThat(packages).hasSizeGreaterThan(15);
        assertThat(packages)
                .filteredOn(one -> !one.isAnnotatedWith(NullMarked.class))
                .extracting(JavaPackage::getName)
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ROOMS")
    void room_itsPackages_haveNoCycles(String room) {
        slices().matching("org.funkstille." + room + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void names_ofClasses_sayWhatTheyAre() {
        noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)").check(CLASSES);
    }

    private static String roomOf(JavaClass one) {
        String[] parts = one.getPackageName().split("\\.", -1);
        return parts.length < 3 ? "" : parts[2];
    }
}
