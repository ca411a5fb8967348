//! The command line, as design section 3 fixes it.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Args, Command as Clap, CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::model::{VERSION, YearMonth};

/// Fogli di lavoro, controlli e consuntivo consolidato delle schede di performance.
#[derive(Debug, Parser)]
#[command(
    name = "schede",
    version = VERSION,
    disable_help_subcommand = true,
    after_help = "Una cartella come unica parola, o trascinata sul programma, è il lavoro di quel mese.\n\n\
Codici di uscita: 0 fatto · 1 rilievi di errore o differenze · 2 uso o piano sbagliato · 3 lavoro non possibile, o non per intero"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

/// The command line, with a help that speaks Italian throughout.
pub(super) fn command() -> Clap {
    let version = Arg::new("versione").short('V').long("version").action(ArgAction::Version);
    let whole = in_italian(Cli::command().disable_version_flag(true), "");
    whole.arg(version.help("Mostra la versione"))
}

/// The same command with its own help option, usage and headings, where the library's would be English.
fn in_italian(command: Clap, above: &str) -> Clap {
    let help = Arg::new("aiuto").short('h').long("help").action(ArgAction::Help).help("Mostra l'aiuto");
    let path = [above, command.get_name()].join(" ").trim().to_owned();
    let own = path.clone();
    let below = move |command: Clap| in_italian(command, &own);
    let command = command.disable_help_flag(true).arg(help).mut_subcommands(below);
    // Only a command that is built knows how its arguments are written.
    let mut built = command.clone();
    built.build();
    let (usage, template) = (usage(&built, &path), template(&built));
    command.override_usage(usage).help_template(template)
}

/// How a command is written: `schede modelli [OPZIONI] -o <CARTELLA>`.
fn usage(command: &Clap, path: &str) -> String {
    if command.has_subcommands() && command.is_subcommand_required_set() {
        return format!("{path} <COMANDO>");
    }
    let needed = command.get_arguments().filter(|arg| arg.is_positional() || arg.is_required_set());
    let needed: Vec<String> = needed.map(|arg| arg.to_string()).collect();
    let below = command.has_subcommands().then(|| "[COMANDO]".to_owned());
    [format!("{path} [OPZIONI]")].into_iter().chain(needed).chain(below).collect::<Vec<_>>().join(" ")
}

/// What stands where in the help of a command.
fn template(command: &Clap) -> String {
    let sections = [
        (command.has_subcommands(), "Comandi:\n{subcommands}\n\n"),
        (command.get_positionals().next().is_some(), "Argomenti:\n{positionals}\n\n"),
        (true, "Opzioni:\n{options}"),
    ];
    let sections: String = sections.iter().filter(|(shown, _)| *shown).map(|(_, text)| *text).collect();
    format!("{{about-with-newline}}\nUso: {{usage}}\n\n{sections}{{after-help}}\n")
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Crea la cartella dell'anno: il piano, i modelli, una cartella per ogni mese
    Inizia(Inizia),
    /// Il lavoro del mese nella cartella dell'anno, senza opzioni
    Mese(Mese),
    /// Scrive le cartelle di lavoro in bianco: un file per ufficio, per tutto l'anno
    Modelli(Modelli),
    /// Controlla le cartelle di singoli uffici, senza consolidare
    Controlla(Controlla),
    /// Il lavoro del mese: legge, controlla, aggrega e scrive il consolidato
    Consolida(Consolida),
    /// Rifà un consolidato emesso dai file originali e confronta ogni cella
    Verifica(Verifica),
    /// Controlla il piano e stampa ciò che se ne è capito
    Piano(Piano),
    /// Mostra la pagina di un controllo (R03) o di un indicatore (3.1)
    Spiega(Spiega),
    /// Prova i controlli: mette un errore alla volta in copie di cartelle pulite e guarda se lo trovano
    ProvaControlli(ProvaControlli),
    /// Scrive ciò che una shell completa con il tasto di tabulazione (bash, zsh, fish, powershell, elvish)
    Completamenti(Completamenti),
    /// Scrive la pagina di manuale (man) del programma, o di un suo comando
    Manuale(Manuale),
}

#[derive(Debug, Args)]
pub(super) struct WithPlan {
    /// Il file del piano (senza: il piano 2019 della CCIAA Venezia Rovigo)
    #[arg(long, value_name = "FILE")]
    pub piano: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct WithWaivers {
    /// Il file delle deroghe (senza: quelle del piano, e deroghe.toml accanto al piano)
    #[arg(long, value_name = "FILE")]
    pub deroghe: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Inizia {
    #[command(flatten)]
    pub plan: WithPlan,
    /// La cartella da creare
    #[arg(value_name = "CARTELLA")]
    pub cartella: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Mese {
    /// The folder of the year: this one, but for a folder given as the only word.
    #[arg(skip)]
    pub anno: PathBuf,
    /// Il mese (senza: l'ultimo di cui è arrivato qualcosa)
    #[arg(value_name = "AAAA-MM", value_parser = parse_month)]
    pub mese: Option<YearMonth>,
    /// L'emissione definitiva: solo per dicembre
    #[arg(long)]
    pub definitivo: bool,
    /// Scrive anche sopra un'emissione definitiva, o sopra un file che non è un risultato di questo programma
    #[arg(long)]
    pub sovrascrivi: bool,
    /// Solo ciò che non va: nessun riepilogo, nessuna barra
    #[arg(long)]
    pub quieto: bool,
}

#[derive(Debug, Args)]
pub(super) struct Modelli {
    #[command(flatten)]
    pub plan: WithPlan,
    /// Solo questo ufficio (si può ripetere)
    #[arg(long, value_name = "ID")]
    pub ufficio: Vec<String>,
    /// Scrive nelle cartelle i dati accettati in questo consolidato emesso; i mesi chiusi sono bloccati
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub storico: Option<PathBuf>,
    /// L'emissione definitiva dell'anno prima: i dati di partenza che ne vengono sono già scritti, e bloccati
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub anno_precedente: Option<PathBuf>,
    /// La cartella in cui scrivere
    #[arg(short = 'o', value_name = "CARTELLA")]
    pub output: PathBuf,
    /// Scrive anche sopra cartelle già presenti e diverse dal modello in bianco
    #[arg(long)]
    pub sovrascrivi: bool,
    /// Solo gli errori
    #[arg(long)]
    pub quieto: bool,
}

#[derive(Debug, Args)]
pub(super) struct Controlla {
    #[command(flatten)]
    pub plan: WithPlan,
    #[command(flatten)]
    pub deroghe: WithWaivers,
    /// I file da controllare
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Il mese di riferimento (senza: l'ultimo mese compilato di ciascun file)
    #[arg(long, value_name = "AAAA-MM", value_parser = parse_month)]
    pub mese: Option<YearMonth>,
    /// Il consolidato emesso di un mese precedente: dice che cosa è cambiato nei mesi già consolidati
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub precedente: Option<PathBuf>,
    /// L'emissione definitiva dell'anno prima: dà i dati di partenza esatti, e ciò con cui ci si confronta
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub anno_precedente: Option<PathBuf>,
    /// Scrive il risultato per le macchine («-»: sull'uscita)
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Solo ciò che non va: nessun riepilogo, nessuna barra; dei file, i rilievi di errore
    #[arg(long)]
    pub quieto: bool,
}

#[derive(Debug, Args)]
pub(super) struct Consolida {
    #[command(flatten)]
    pub plan: WithPlan,
    #[command(flatten)]
    pub deroghe: WithWaivers,
    /// La cartella con i file degli uffici, oppure i file
    #[arg(required = true, value_name = "CARTELLA|FILE")]
    pub inputs: Vec<PathBuf>,
    /// Il mese di riferimento (senza: l'ultimo compilato dalla maggior parte degli uffici)
    #[arg(long, value_name = "AAAA-MM", value_parser = parse_month)]
    pub mese: Option<YearMonth>,
    /// Il consolidato emesso di un mese precedente: dice che cosa è cambiato nei mesi già consolidati
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub precedente: Option<PathBuf>,
    /// L'emissione definitiva dell'anno prima: dà i dati di partenza esatti, e ciò con cui ci si confronta
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub anno_precedente: Option<PathBuf>,
    /// Il consolidato da scrivere (senza: qui, consolidato-AAAA-MM.xlsx; il definitivo
    /// consolidato-AAAA-definitivo.xlsx)
    #[arg(short = 'o', value_name = "FILE.xlsx")]
    pub output: Option<PathBuf>,
    /// Where a result that was given no name is written: here, but for a folder given as the only word.
    #[arg(skip)]
    pub beside: Option<PathBuf>,
    /// Scrive il risultato per le macchine («-»: sull'uscita)
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Scrive anche ciò che torna agli uffici: cartelle da sistemare, lettere, ricevute, solleciti
    #[arg(long, value_name = "CARTELLA")]
    pub ritorni: Option<PathBuf>,
    /// Scrive anche i dati del mese per altri programmi: tabelle CSV e datapackage.json
    #[arg(long, value_name = "CARTELLA")]
    pub dati: Option<PathBuf>,
    /// Che cosa si stampa: «documento» (senza l'opzione) o «tutto», con ogni foglio per intero
    #[arg(long, value_name = "COSA", value_parser = parse_print)]
    pub stampa: Option<bool>,
    /// L'emissione definitiva: solo per dicembre, e solo se non resta niente di aperto che una decisione o
    /// una deroga non copra
    #[arg(long)]
    pub definitivo: bool,
    /// Scrive anche sopra un'emissione definitiva, o sopra un file che non è un risultato di questo programma
    #[arg(long)]
    pub sovrascrivi: bool,
    /// Termina con codice 1 se ci sono rilievi di errore o bloccanti
    #[arg(long)]
    pub rigoroso: bool,
    /// Solo ciò che non va: nessun riepilogo, nessuna barra
    #[arg(long)]
    pub quieto: bool,
}

#[derive(Debug, Args)]
pub(super) struct Verifica {
    #[command(flatten)]
    pub plan: WithPlan,
    #[command(flatten)]
    pub deroghe: WithWaivers,
    /// Il consolidato emesso
    #[arg(value_name = "CONSOLIDATO.xlsx")]
    pub issued: PathBuf,
    /// La cartella con i file originali degli uffici
    #[arg(value_name = "CARTELLA")]
    pub folder: PathBuf,
    /// Il consolidato precedente con cui l'emissione è stata fatta: la sua copertina ne porta l'impronta
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub precedente: Option<PathBuf>,
    /// L'emissione definitiva dell'anno prima: dà i dati di partenza esatti, e ciò con cui ci si confronta
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub anno_precedente: Option<PathBuf>,
    /// La cartella con le ricevute degli uffici: confronta file, impronta e ogni valore con l'emissione
    #[arg(long, value_name = "CARTELLA")]
    pub ricevute: Option<PathBuf>,
    /// Elenca tutte le differenze, anche quando sono molte
    #[arg(long)]
    pub tutte: bool,
    /// Nessuna barra di avanzamento
    #[arg(long)]
    pub quieto: bool,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
pub(super) struct Piano {
    #[command(flatten)]
    pub plan: WithPlan,
    /// Scrive il piano per le macchine («-»: sull'uscita)
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    #[command(subcommand)]
    pub action: Option<PianoAction>,
}

#[derive(Debug, Subcommand)]
pub(super) enum PianoAction {
    /// Che cosa è cambiato da un piano a un altro, e a quali uffici serve un modello nuovo
    Confronta(Confronta),
    /// Il piano dell'anno dopo, dal piano e dall'emissione definitiva di quest'anno: ciò che resta da
    /// decidere è elencato
    NuovoAnno(NuovoAnno),
}

#[derive(Debug, Args)]
pub(super) struct NuovoAnno {
    #[command(flatten)]
    pub plan: WithPlan,
    /// L'emissione definitiva dell'anno che finisce, fatta con questo piano
    #[arg(long, value_name = "CONSOLIDATO.xlsx")]
    pub da: PathBuf,
    /// Il piano da scrivere: un file nuovo
    #[arg(short = 'o', value_name = "PIANO.toml")]
    pub output: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Confronta {
    /// Il piano di prima
    #[arg(value_name = "PRIMA.toml")]
    pub before: PathBuf,
    /// Il piano di adesso
    #[arg(value_name = "DOPO.toml")]
    pub after: PathBuf,
    /// Scrive il confronto per le macchine («-»: sull'uscita)
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Spiega {
    #[command(flatten)]
    pub plan: WithPlan,
    /// Il codice di un controllo (R03) o di un indicatore (3.1)
    #[arg(value_name = "CODICE")]
    pub code: String,
}

#[derive(Debug, Args)]
pub(super) struct ProvaControlli {
    #[command(flatten)]
    pub plan: WithPlan,
    /// La cartella con i file degli uffici, che restano come sono (senza: un anno pulito incluso nel
    /// programma)
    #[arg(value_name = "CARTELLA")]
    pub folder: Option<PathBuf>,
    /// Il mese di riferimento (senza: l'ultimo compilato; per l'anno incluso, giugno e dicembre)
    #[arg(long, value_name = "AAAA-MM", value_parser = parse_month)]
    pub mese: Option<YearMonth>,
    /// Solo ciò che non va, e la riga finale
    #[arg(long)]
    pub quieto: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completamenti {
    /// La shell: bash, zsh, fish, powershell, elvish
    #[arg(value_name = "SHELL", value_parser = parse_shell)]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Manuale {
    /// Il comando (senza: il programma)
    #[arg(value_name = "COMANDO")]
    pub command: Option<String>,
}

/// Whether all is to be printed.
fn parse_print(text: &str) -> Result<bool, String> {
    match text {
        "documento" => Ok(false),
        "tutto" => Ok(true),
        _ => Err("scrivi «documento» o «tutto»".to_owned()),
    }
}

fn parse_month(text: &str) -> Result<YearMonth, String> {
    YearMonth::parse(text).ok_or_else(|| "scrivi il mese come AAAA-MM, per esempio 2019-06".to_owned())
}

fn parse_shell(text: &str) -> Result<Shell, String> {
    text.parse().map_err(|_| "scrivi bash, zsh, fish, powershell o elvish".to_owned())
}
