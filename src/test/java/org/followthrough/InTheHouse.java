package org.followthrough;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/** The whole application on a real database, with a clock that tests set and timers that fire when tests say so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"camunda.bpm.job-execution.enabled=false", "followthrough.demo-families=false",
        // the one authority that we are connected to
        "followthrough.authority.others[0].code=felpersham", "followthrough.authority.others[0].name=Felpersham",
        "followthrough.authority.others[0].contacts[0].tier=team-manager", "followthrough.authority.others[0].contacts[0].name=Ada Brook",
        "followthrough.authority.others[0].contacts[0].reach=01632 960310",
        "followthrough.authority.others[0].contacts[1].tier=head-of-service",
        "followthrough.authority.others[0].contacts[1].name=Siân Rhys",
        "followthrough.authority.others[0].contacts[1].reach=01632 960311"})
@ContextConfiguration(initializers = TestDatabase.class)
public @interface InTheHouse {}
