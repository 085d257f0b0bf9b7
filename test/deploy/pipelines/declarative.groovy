/**
 * Runs a declarative Jenkinsfile without Jenkins: groovy declarative.groovy <Jenkinsfile>. Steps named "sh" run for real,
 * in the folder that this is started in; the others are only noted. It knows the parts of the syntax that the Jenkinsfile
 * uses and refuses all others, as Jenkins does with what it does not know.
 *
 * Environment: JENKINS_EVENTS a file that gets a line of JSON for everything that happens; JENKINS_BRANCH;
 * JENKINS_CREDENTIALS a folder with a file for each id; JENKINS_PARAMS name=value,…; JENKINS_MINUTE_MS how long a minute
 * of a time limit is; JENKINS_REAL scripts, separated by commas, that get no DRY_RUN.
 */
import groovy.json.JsonOutput
import java.util.concurrent.TimeUnit

class StepFailed extends RuntimeException {
  final String result

  StepFailed(String message, String result = 'FAILURE') {
    super(message)
    this.result = result
  }
}

/** What every part of the pipeline shares. */
class Build {
  final Map<String, String> settings = System.getenv()
  final String branch = settings.JENKINS_BRANCH ?: 'main'
  final long minute = (settings.JENKINS_MINUTE_MS ?: '60000') as long
  final List<String> real = (settings.JENKINS_REAL ?: '').tokenize(',')
  final Map<String, Object> params = [:]
  Map<String, String> environment = [BRANCH_NAME: branch, WORKSPACE: new File('').absolutePath,
                                     JENKINS_HOME: new File('jenkins-home').absolutePath]
  String result = 'SUCCESS'
  final List<String> path = []
  /** when the innermost time limit ends, in milliseconds */
  long deadline = Long.MAX_VALUE

  void tell(Map event) {
    def line = JsonOutput.toJson([stage: path.join('/')] + event)
    if (settings.JENKINS_EVENTS) new File(settings.JENKINS_EVENTS) << line + '\n'
  }

  String credentials(String id) {
    def file = new File(settings.JENKINS_CREDENTIALS ?: 'no-credentials', id)
    if (!file.exists()) throw new StepFailed("Could not find credentials entry with ID '$id'")
    return file.absolutePath
  }

  /** Runs body; what fails in it marks the build, and is thrown again. */
  void attempt(Closure body) {
    try {
      body()
    } catch (StepFailed failed) {
      // the worst so far stays
      if (result != 'FAILURE') result = failed.result
      println "[jenkins] ${path.join('/')}: $failed.message"
      throw failed
    }
  }

  void limited(Map limit, Closure body) {
    def minutes = [SECONDS: 1 / 60, MINUTES: 1, HOURS: 60, DAYS: 1440][limit.unit ?: 'MINUTES']
    if (!minutes || !(limit.time > 0)) throw new IllegalArgumentException("timeout($limit): a time above 0, and a unit")
    def before = deadline
    deadline = Math.min(before, System.currentTimeMillis() + (limit.time * minutes * minute) as long)
    try {
      body()
    } finally {
      deadline = before
    }
  }
}

/** A block that holds other blocks and settings, such as a stage: notes them, and refuses names that it does not know. */
class Section {
  private final String kind
  private final Set<String> known
  final Map<String, List> found = [:]

  Section(String kind, Collection<String> known, Closure body) {
    this.kind = kind
    this.known = known as Set
    call(body)
  }

  private void call(Closure body) {
    body.delegate = this
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
  }

  def methodMissing(String name, args) {
    if (!(name in known)) throw new IllegalArgumentException("\"$name\" has no place in \"$kind\"; known: ${known.join(', ')}")
    if (found.containsKey(name)) throw new IllegalArgumentException("\"$name\" is there twice in \"$kind\"")
    found[name] = args as List
  }

  def propertyMissing(String name) { name }

  Closure block(String name) { found[name] ? found[name][0] as Closure : null }
}

/** An "environment" block: NAME = value, where a value may be credentials('id'). */
class EnvironmentBlock {
  private final Build build
  private final Map<String, String> values

  EnvironmentBlock(Build build) {
    this.@build = build
    this.@values = new LinkedHashMap(build.environment)
  }

  void setProperty(String name, Object value) { this.@values[name] = value.toString() }

  Object getProperty(String name) {
    if (name == 'params') return this.@build.params
    if (name == 'env') return this.@values
    if (!this.@values.containsKey(name)) throw new IllegalArgumentException("No variable $name in this environment")
    return this.@values[name]
  }

  String credentials(String id) { this.@build.credentials(id) }

  static Map<String, String> of(Build build, Closure body) {
    def block = new EnvironmentBlock(build)
    body.delegate = block
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
    return block.@values
  }
}

/** The steps that the Jenkinsfile uses. */
class Steps {
  private final Build build

  Steps(Build build) { this.build = build }

  void run(Closure body) {
    body.delegate = this
    body.resolveStrategy = Closure.DELEGATE_ONLY
    body()
  }

  def getScm() { 'scm' }
  def getParams() { build.params }
  def getEnv() { build.environment }

  void sh(String script) {
    def started = System.currentTimeMillis()
    def status = execute(script)
    build.tell(event: 'sh', script: script, status: status, environment: build.environment.keySet(),
      milliseconds: System.currentTimeMillis() - started)
    if (status == 'timeout') throw new StepFailed("$script ran into its time limit", 'ABORTED')
    if (status != 0) throw new StepFailed("script returned exit code $status: $script")
  }

  /** As Jenkins does, with "sh -xe"; when the time is up, the script and what it started are stopped. */
  private def execute(String script) {
    def builder = new ProcessBuilder('sh', '-xe', '-c', script).inheritIO()
    builder.environment().putAll(build.environment)
    if (build.real.any { script.contains(it) }) builder.environment().remove('DRY_RUN')
    def process = builder.start()
    def left = build.deadline - System.currentTimeMillis()
    if (process.waitFor(Math.max(left, 1), TimeUnit.MILLISECONDS)) return process.exitValue()
    process.descendants().each { it.destroyForcibly() }
    process.destroyForcibly().waitFor()
    return 'timeout'
  }

  String readFile(String name) { new File(name).text }
  void timeout(Map limit, Closure body) { build.limited(limit) { run(body) } }
  void checkout(what) { build.tell(event: 'checkout') }
  void junit(Map options) { build.tell(event: 'junit', options: options) }
  void archiveArtifacts(Map options) { build.tell(event: 'archiveArtifacts', options: options) }
  /** The folder belongs to the test, which removes it itself. */
  void deleteDir() { build.tell(event: 'deleteDir') }
}

/** The conditions of a "when" block. */
class When {
  private final Build build

  When(Build build) { this.build = build }

  boolean allows(Closure body) {
    body.delegate = this
    body.resolveStrategy = Closure.DELEGATE_ONLY
    return body()
  }

  boolean branch(String name) { build.branch == name }
  boolean expression(Closure body) {
    def steps = new Steps(build)
    body.delegate = steps
    body.resolveStrategy = Closure.DELEGATE_ONLY
    return body()
  }
}

class Options {
  private final Build build
  Map limit

  Options(Build build) { this.build = build }

  void timeout(Map limit) { this.limit = limit }
  def logRotator(Map options) { options }
  def methodMissing(String name, args) {
    def known = ['skipDefaultCheckout', 'disableConcurrentBuilds', 'timestamps', 'buildDiscarder']
    if (!(name in known)) throw new IllegalArgumentException("There is no option $name; known: ${known.join(', ')}, timeout")
    build.tell(event: 'option', name: name)
  }

  /** runs inside within the time limit that the block sets, if it sets one */
  static void around(Build build, Closure block, Closure inside) {
    def options = new Options(build)
    if (block) {
      block.delegate = options
      block.resolveStrategy = Closure.DELEGATE_ONLY
      block()
    }
    if (options.limit) build.tell(event: 'option', name: 'timeout', limit: options.limit)
    options.limit ? build.limited(options.limit, inside) : inside()
  }
}

class Parameters {
  private final Build build
  private final Map<String, String> given

  Parameters(Build build) {
    this.build = build
    given = (build.settings.JENKINS_PARAMS ?: '').tokenize(',').collectEntries { it.split('=', 2) as List }
  }

  void choice(Map options) {
    def value = given[options.name] ?: options.choices[0]
    if (!(value in options.choices)) throw new IllegalArgumentException("$options.name is none of $options.choices")
    build.params[options.name] = value
  }
}

class Pipeline {
  private static final List<String> CONDITIONS = ['always', 'aborted', 'failure', 'success', 'unsuccessful', 'cleanup']
  private static final List<String> STAGE = ['options', 'environment', 'when', 'steps', 'stages', 'post']
  private final Build build

  Pipeline(Build build) { this.build = build }

  void run(Closure body) {
    def top = new Section('pipeline', ['agent', 'options', 'parameters', 'environment', 'stages', 'post'], body)
    ['agent', 'stages'].each { if (!top.found[it]) throw new IllegalArgumentException("A pipeline needs \"$it\"") }
    def agent = new Section('agent', ['label'], top.block('agent'))
    build.tell(event: 'agent', label: agent.found.label[0])
    if (top.block('parameters')) {
      def parameters = top.block('parameters')
      parameters.delegate = new Parameters(build)
      parameters.resolveStrategy = Closure.DELEGATE_ONLY
      parameters()
    }
    execute(top) { runStages(top.block('stages')) }
  }

  /** environment, options, the body, and then "post", whatever came of the body */
  private void execute(Section section, Closure body) {
    def before = build.environment
    StepFailed failed = null
    if (section.block('environment')) build.environment = EnvironmentBlock.of(build, section.block('environment'))
    try {
      try {
        build.attempt { Options.around(build, section.block('options'), body) }
      } catch (StepFailed e) {
        failed = e
      }
      if (section.block('post')) build.attempt { runPost(section.block('post'), failed) }
    } finally {
      build.environment = before
    }
    if (failed) throw failed
  }

  private void runPost(Closure block, StepFailed failed) {
    def post = new Section('post', CONDITIONS, block)
    def applies = [always: true, cleanup: true, success: !failed, unsuccessful: failed != null,
                   failure: failed?.result == 'FAILURE', aborted: failed?.result == 'ABORTED']
    CONDITIONS.findAll { post.block(it) && applies[it] }.each { condition ->
      build.tell(event: 'post', condition: condition)
      new Steps(build).run(post.block(condition))
    }
  }

  private void runStages(Closure block) {
    def list = new StageList()
    block.delegate = list
    block.resolveStrategy = Closure.DELEGATE_ONLY
    block()
    list.stages.each { name, body -> runStage(name, new Section("stage $name", STAGE, body)) }
  }

  private void runStage(String name, Section stage) {
    if (!stage.block('steps') == !stage.block('stages'))
      throw new IllegalArgumentException("Stage \"$name\" needs either \"steps\" or \"stages\"")
    build.path << name
    try {
      if (stage.block('when') && !new When(build).allows(stage.block('when'))) {
        build.tell(event: 'skipped')
        return
      }
      build.tell(event: 'stage')
      execute(stage) {
        if (stage.block('steps')) new Steps(build).run(stage.block('steps'))
        else runStages(stage.block('stages'))
      }
    } finally {
      build.path.removeAt(build.path.size() - 1)
    }
  }
}

class StageList {
  final Map<String, Closure> stages = [:]

  void stage(String name, Closure body) {
    if (stages.containsKey(name)) throw new IllegalArgumentException("Two stages are named \"$name\"")
    stages[name] = body
  }
}

def build = new Build()
def binding = new Binding(pipeline: { Closure body -> new Pipeline(build).run(body) })
try {
  new GroovyShell(binding).evaluate(new File(args[0]))
} catch (StepFailed ignored) {
  // the result says so
}
build.tell(event: 'result', result: build.result)
println "[jenkins] Finished: $build.result"
System.exit(build.result == 'SUCCESS' ? 0 : 1)
