package dev.athanor.check;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The map of the modules, as a test: docs/architecture.md draws it.
@AnalyzeClasses(packages = "dev.athanor", importOptions = ImportOption.DoNotIncludeTests.class)
class MapTest {
    @ArchTest
    static final ArchRule modules_look_one_way = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("torch")
            .definedBy("dev.athanor.torch..")
            .layer("data")
            .definedBy("dev.athanor.data..")
            .layer("model")
            .definedBy("dev.athanor.model..")
            .layer("train")
            .definedBy("dev.athanor.train..")
            .layer("generate")
            .definedBy("dev.athanor.generate..")
            .layer("evaluate")
            .definedBy("dev.athanor.evaluate..")
            .layer("scale")
            .definedBy("dev.athanor.scale..")
            .layer("cli")
            .definedBy("dev.athanor.cli..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("scale")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("evaluate")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("generate")
            .mayOnlyBeAccessedByLayers("evaluate", "cli")
            .whereLayer("train")
            .mayOnlyBeAccessedByLayers("evaluate", "cli")
            .whereLayer("model")
            .mayOnlyBeAccessedByLayers("train", "generate", "evaluate", "cli")
            .because("data flows one way; move the code, or pass what it needs as a value");

    @ArchTest
    static final ArchRule natives_stay_out_of_data_and_the_command_line = noClasses()
            .that()
            .resideInAnyPackage("dev.athanor.data..", "dev.athanor.cli..", "dev.athanor.generate..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..")
            .because("tensors end at the border of train and evaluate: arrays and records leave");

    @ArchTest
    static final ArchRule data_does_not_know_torch = noClasses()
            .that()
            .resideInAPackage("dev.athanor.data..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.athanor.torch..")
            .because("data stands on its own");

    @ArchTest
    static final ArchRule flink_stays_in_scale = noClasses()
            .that()
            .resideOutsideOfPackage("dev.athanor.scale..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("nobody who does not ask for it pays for its start");

    @ArchTest
    static final ArchRule scale_knows_data_alone = noClasses()
            .that()
            .resideInAPackage("dev.athanor.scale..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.athanor.torch..",
                    "dev.athanor.model..",
                    "dev.athanor.train..",
                    "dev.athanor.generate..",
                    "dev.athanor.evaluate..")
            .because("only the jars of data travel to a cluster, and natives of half a gigabyte do not");

    @ArchTest
    static final ArchRule modules_are_free_of_cycles =
            slices().matching("dev.athanor.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule a_name_is_a_concept = classes()
            .that()
            .resideInAPackage("dev.athanor..")
            .should()
            .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl|Base|Common)")
            .because("such a name says nothing: call the class after what it is");
}
