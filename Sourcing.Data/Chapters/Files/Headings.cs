namespace Sourcing.Data.Chapters.Files;

/// <summary>A column or parameter that a report can have.</summary>
public enum Heading
{
    From,
    To,
    SlipType,
    InsideOutside,
    Amount,
    Credits,
    Detail,
    FirstName,
    LastName,
    Present,
    Absent,
    Late,
    Medical,
    Substitute,
    ReferralsGivenInside,
    ReferralsGivenOutside,
    ReferralsReceivedInside,
    ReferralsReceivedOutside,
    Visitors,
    Testimonials,
    OneToOnes,
    ClosedBusiness,
    Education,
    Custom,
    Chapter,
    PeriodFrom,
    PeriodTo,
    RunAt,
    SponsorFirst,
    SponsorLast,
    SponsoredFirst,
    SponsoredLast,
    SponsoredRegion,
    SponsoredChapter,
    ApplicationDate,
    Company,
    Profession,
    InvitedBy,
    VisitDate,
    VisitKind,
}

/// <summary>The words of reports in English, German, French, Spanish and Portuguese, as data. Compared without regard to capitals, accents, spacing and a colon at the end.</summary>
internal static class Headings
{
    /// <summary>The first text is the English one, used in messages.</summary>
    private static readonly Dictionary<Heading, string[]> Texts = new()
    {
        [Heading.From] = ["From", "Von", "De"],
        [Heading.To] = ["To", "An", "Bis", "À", "Pour", "Para", "A"],
        [Heading.SlipType] = ["Slip Type", "Type", "Slip-Typ", "Belegart", "Formulartyp", "Type de bordereau", "Type de fiche", "Tipo de boleta", "Tipo de papeleta", "Tipo de formulário", "Tipo de ficha", "Tipo"],
        [Heading.InsideOutside] = ["Inside/Outside", "Intern/Extern", "Innen/Außen", "Innerhalb/Außerhalb", "Interne/Externe", "Intérieur/Extérieur", "Interno/Externo", "Dentro/Fuera", "Dentro/Fora", "Interna/Externa"],
        [Heading.Amount] = ["TYFCB Amount", "Amount", "TYFCB Betrag", "TYFCB-Betrag", "Betrag", "Montant TYFCB", "Montant", "Monto TYFCB", "Monto", "Importe TYFCB", "Importe", "Valor TYFCB", "Valor"],
        [Heading.Credits] = ["CEU Credits", "CEUs", "CEU", "CEU Punkte", "CEU-Punkte", "Crédits CEU", "Créditos CEU", "Créditos"],
        [Heading.Detail] = ["Detail", "Details", "Einzelheiten", "Détail", "Détails", "Detalle", "Detalles", "Detalhe", "Detalhes"],
        [Heading.FirstName] = ["First Name", "Vorname", "Prénom", "Nombre", "Primeiro nome", "Nome"],
        [Heading.LastName] = ["Last Name", "Surname", "Nachname", "Nom", "Nom de famille", "Apellido", "Apellidos", "Sobrenome", "Apelido", "Último nome"],
        [Heading.Present] = ["P", "Present", "Anwesend", "Présent", "Presente"],
        [Heading.Absent] = ["A", "Absent", "Abwesend", "Ausente"],
        [Heading.Late] = ["L", "Late", "Verspätet", "Retard", "Tarde", "Atrasado"],
        [Heading.Medical] = ["M", "Medical", "Medizinisch", "Krank", "Médical", "Médico"],
        [Heading.Substitute] = ["S", "Substitute", "Vertretung", "Vertreter", "Remplaçant", "Sustituto", "Substituto"],
        [Heading.ReferralsGivenInside] = ["RGI"],
        [Heading.ReferralsGivenOutside] = ["RGO"],
        [Heading.ReferralsReceivedInside] = ["RRI"],
        [Heading.ReferralsReceivedOutside] = ["RRO"],
        [Heading.Visitors] = ["V", "Visitors", "Besucher", "Visiteurs", "Visitantes"],
        [Heading.Testimonials] = ["T", "Testimonials"],
        [Heading.OneToOnes] = ["1-2-1", "1-2-1s", "121", "1to1", "1-to-1", "One-to-One"],
        [Heading.ClosedBusiness] = ["TYFCB"],
        [Heading.Education] = ["CEU", "CEUs"],
        [Heading.Custom] = ["Custom", "Benutzerdefiniert", "Personnalisé", "Personalizado"],
        [Heading.Chapter] = ["Chapter", "Chapter Name", "Chaptername", "Chapitre", "Groupe", "Nom du groupe", "Capítulo", "Grupo"],
        [Heading.PeriodFrom] = ["From", "From Date", "Start Date", "Von", "De", "Du", "Desde", "Data inicial"],
        [Heading.PeriodTo] = ["To", "To Date", "End Date", "Bis", "Au", "À", "Hasta", "A", "Até", "Data final"],
        [Heading.RunAt] = ["Run At", "Running At", "Erstellt am", "Ausgeführt am", "Exécuté le", "Ejecutado el", "Executado em"],
        [Heading.SponsorFirst] = ["Sponsor First Name", "Sponsor First", "Sponsor Vorname", "Prénom du parrain", "Nombre del patrocinador", "Nome do padrinho"],
        [Heading.SponsorLast] = ["Sponsor Last Name", "Sponsor Last", "Sponsor Nachname", "Nom du parrain", "Apellido del patrocinador", "Sobrenome do padrinho"],
        [Heading.SponsoredFirst] = ["Sponsored First Name", "Sponsored First", "Geworben Vorname", "Prénom du parrainé", "Nombre del patrocinado", "Nome do afilhado"],
        [Heading.SponsoredLast] = ["Sponsored Last Name", "Sponsored Last", "Geworben Nachname", "Nom du parrainé", "Apellido del patrocinado", "Sobrenome do afilhado"],
        [Heading.SponsoredRegion] = ["Sponsored Region", "Region", "Geworben Region", "Région du parrainé", "Región del patrocinado", "Região do afilhado"],
        [Heading.SponsoredChapter] = ["Sponsored Chapter", "Geworben Chapter", "Groupe du parrainé", "Capítulo del patrocinado", "Grupo do afilhado"],
        [Heading.ApplicationDate] = ["Application Date", "Antragsdatum", "Date de candidature", "Fecha de solicitud", "Data de candidatura", "Data da inscrição"],
        [Heading.Company] = ["Company", "Company Name", "Firma", "Unternehmen", "Entreprise", "Société", "Empresa"],
        [Heading.Profession] = ["Profession", "Beruf", "Branche", "Métier", "Profesión", "Profissão"],
        [Heading.InvitedBy] = ["Invited By", "Eingeladen von", "Invité par", "Invitado por", "Convidado por"],
        [Heading.VisitDate] = ["Visit Date", "Besuchsdatum", "Besuch am", "Date de visite", "Fecha de visita", "Data da visita"],
        [Heading.VisitKind] = ["Type", "Visitor Type", "Visit Type", "Typ", "Besuchertyp", "Art", "Type de visiteur", "Tipo", "Tipo de visitante"],
    };

    private static readonly Dictionary<Heading, HashSet<string>> Keys = Texts.ToDictionary(t => t.Key, t => t.Value.Select(Key).ToHashSet());

    /// <summary>The English text.</summary>
    public static string English(Heading heading) => Texts[heading][0];

    public static bool Is(Heading heading, string text) => Keys[heading].Contains(Key(text));

    /// <summary>How headings are compared.</summary>
    public static string Key(string text) => NameKey.Plain(text.Replace(" / ", "/", StringComparison.Ordinal).Trim().TrimEnd(':', '*'));
}

/// <summary>Other words that stand in reports, in the same five languages.</summary>
internal static class ReportWords
{
    private static readonly string[][] MonthNames =
    [
        ["jan", "janv", "ene", "enero", "januar", "january", "janvier", "janeiro", "jän"], ["feb", "fév", "févr", "fev", "februar", "february", "février", "febrero", "fevereiro"],
        ["mar", "mär", "märz", "mrz", "mars", "march", "marzo", "março"], ["apr", "avr", "abr", "april", "avril", "abril"], ["may", "mai", "mayo", "maio"],
        ["jun", "juin", "juni", "june", "junio", "junho"], ["jul", "juil", "juli", "july", "juillet", "julio", "julho"], ["aug", "août", "ago", "august", "agosto"],
        ["sep", "sept", "set", "september", "septembre", "septiembre", "setembro"], ["oct", "okt", "out", "october", "oktober", "octobre", "octubre", "outubro"],
        ["nov", "november", "novembre", "noviembre", "novembro"], ["dec", "dez", "déc", "dic", "december", "dezember", "décembre", "diciembre", "dezembro"],
    ];

    private static readonly Dictionary<string, int> Months = MonthNames.SelectMany((names, i) => names.Select(n => (Key: NameKey.Plain(n), Month: i + 1))).DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.Month);

    private static readonly Dictionary<string, ReportSlipKind> Slips = Table(
        (ReportSlipKind.Referral, ["Referral", "Referrals", "Empfehlung", "Recommandation", "Référence", "Referencia", "Referência", "Indicação"]),
        (ReportSlipKind.OneToOne, ["One-to-One", "One to One", "1-2-1", "1to1", "Vier-Augen-Gespräch", "Einzelgespräch", "Tête-à-tête", "Uno a uno", "Um a um", "Reunião 1 a 1"]),
        (ReportSlipKind.ClosedBusiness, ["TYFCB", "Thank You For Closed Business", "Dank für Umsatz", "Merci pour le business", "Gracias por negocio cerrado", "Obrigado por negócio fechado"]),
        (ReportSlipKind.Credits, ["CEU", "CEUs", "Chapter Education Unit", "Weiterbildung", "Formation", "Unidad de educación", "Unidade de educação"]),
        (ReportSlipKind.Visitor, ["Visitor", "Visitors", "Besucher", "Visiteur", "Visitante"]));

    private static readonly Dictionary<string, int> Tiers = Table(
        (1, ["Inside", "Tier 1", "Tier 1 (inside)", "1", "Intern", "Innen", "Innerhalb", "Interne", "Intérieur", "Interno", "Interna", "Dentro"]),
        (2, ["Outside", "Tier 2", "Tier 2 (outside)", "2", "Extern", "Außen", "Außerhalb", "Externe", "Extérieur", "Externo", "Externa", "Fuera", "Fora"]),
        (3, ["Tier 3", "Tier 3+", "3", "3+"]));

    private static readonly HashSet<string> Pseudo = [.. new[] { "Visitors", "BNI", "Total", "Totals", "Besucher", "Gesamt", "Summe", "Visiteurs", "Totaux", "Visitantes", "Totales", "Totais" }.Select(NameKey.Plain)];

    private static readonly HashSet<string> VisitorKinds = [.. new[] { "Visitor", "Besucher", "Visiteur", "Visitante", "Guest", "Gast", "Invité", "Invitado", "Convidado" }.Select(NameKey.Plain)];

    private static readonly HashSet<string> SubstituteKinds = [.. new[] { "Substitute", "Sub", "Vertretung", "Vertreter", "Remplaçant", "Sustituto", "Substituto" }.Select(NameKey.Plain)];

    public static int? Month(string word) => Months.TryGetValue(NameKey.Plain(word.TrimEnd('.')), out var month) ? month : null;

    public static ReportSlipKind? Slip(string text) => Slips.TryGetValue(NameKey.Plain(text), out var kind) ? kind : null;

    /// <summary>1, 2, or 3 for 3 and more; null for another word.</summary>
    public static int? Tier(string text) => Tiers.TryGetValue(NameKey.Plain(text), out var tier) ? tier : null;

    public static bool IsPseudo(string name) => Pseudo.Contains(NameKey.Plain(name));

    public static VisitKind Visit(string text) => VisitorKinds.Contains(NameKey.Plain(text)) ? VisitKind.Visitor : SubstituteKinds.Contains(NameKey.Plain(text)) ? VisitKind.Substitute : VisitKind.Other;

    private static Dictionary<string, T> Table<T>(params (T Value, string[] Words)[] rows) => rows.SelectMany(r => r.Words.Select(w => (Key: NameKey.Plain(w), r.Value))).DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.Value);
}
