using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>What a field holds.</summary>
public enum FieldType
{
    /// <summary>Words; surrounding blanks are taken off.</summary>
    Text,

    /// <summary>A number that people quote, or a short word by which another record is found.</summary>
    Code,

    Number,

    /// <summary>A number without decimals.</summary>
    Whole,

    Date,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>Three letters of ISO 4217.</summary>
    Currency,

    /// <summary>Many columns, one for each week or day, with a number each: a group of the file's columns is chosen for it.</summary>
    Periods,
}

/// <summary>One thing that a row may say.</summary>
/// <param name="Key">The name in mappings and in the stage: snake case.</param>
/// <param name="Title">For people.</param>
/// <param name="Synonyms">Heads under which other systems write it, in the form of <see cref="ColumnMatcher.Plain"/>.</param>
public sealed record ImportField(string Key, string Title, FieldType Type, params string[] Synonyms)
{
    /// <summary>A row without it stays out.</summary>
    public bool Required { get; init; }

    /// <summary>The file must have a column for it, or every row the same text, but a row may leave it empty.</summary>
    public bool ColumnRequired { get; init; }

    /// <summary>Characters at most.</summary>
    public int MaxLength { get; init; } = 255;

    /// <summary>The smallest number allowed.</summary>
    public decimal Min { get; init; } = -99_999_999_999_999m;

    /// <summary>The largest number allowed.</summary>
    public decimal Max { get; init; } = 99_999_999_999_999m;

    /// <summary>The smallest itself is not allowed.</summary>
    public bool Above { get; init; }

    /// <summary>Decimals that are kept; more are refused for <see cref="FieldType.Whole"/>, else rounded by nobody: refused too.</summary>
    public int Decimals { get; init; } = 4;

    /// <summary>The words of a <see cref="FieldType.Choice"/>, as in the database.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it is for, where the title does not say it.</summary>
    public string Hint { get; init; } = "";

    /// <summary>Names a supplier or part: other names that people answered with before are known.</summary>
    public NameKind? Names { get; init; }

    /// <summary>A number of a thing: what programs make of numbers is mended (19020.0), and their word for nothing (nan) is empty.</summary>
    public bool IsId { get; init; }

    /// <summary>Cells may hold markup of a web page, which is taken off.</summary>
    public bool Markup { get; init; }

    /// <summary>Where it has no column of its own: what stands in brackets behind the number of this field, as in <c>$7.35 (yds)</c>.</summary>
    public string? BracketOf { get; init; }

    /// <summary>The key of what it names is found once a row, and stands in the stage beside it as <c>key_id</c>.</summary>
    internal bool Found { get; init; }

    /// <summary>Shown right-aligned.</summary>
    public bool IsNumeric => Type is FieldType.Number or FieldType.Whole;

    /// <summary>The type of its column in the stage.</summary>
    internal string SqlType => Type switch
    {
        FieldType.Number => "numeric",
        FieldType.Whole => "int",
        FieldType.Date => "date",
        FieldType.Flag => "boolean",
        _ => "text",
    };
}

/// <summary>One column that a target writes.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Sql">Its value, over the target's source <c>x</c> and joins. Null leaves what is there.</param>
/// <param name="Fields">The fields that it comes from: without a value for any of them an existing record is left alone here.</param>
/// <param name="New">The value of a new record where <paramref name="Sql"/> gives null; null for none.</param>
internal sealed record TargetColumn(string Name, string Sql, string[] Fields, string? New = null)
{
    /// <summary>Set on new records only.</summary>
    public bool Once => Fields.Length == 0;

    /// <summary>Written whenever the record is, but no reason to write it: who wrote it last, how often.</summary>
    public bool Along { get; init; }
}

/// <summary>One table that a kind fills, set by set.</summary>
/// <param name="Source">Rows to be written, over <c>{stage}</c>: gives <c>row</c> (one number of its own) and what the columns need.</param>
/// <param name="Joins">Finds the records that are referred to.</param>
/// <param name="Match">Left joins the existing record as <c>t</c>.</param>
internal sealed record ImportTarget(string Table, string Singular, string Plural, string Source, string Joins, string Match, IReadOnlyList<TargetColumn> Columns)
{
    /// <summary>Each row of the source is a row of the file, so that it may be written in slices.</summary>
    public bool ByRow { get; init; }

    /// <summary>The fields without which there is nothing to write here; one of them will do.</summary>
    public string[] Needs { get; init; } = [];

    /// <summary>Tells the records of one run apart: the source's row, unless a row makes several.</summary>
    public string Key { get; init; } = "x.row";
}

/// <summary>A check over all rows at once.</summary>
/// <param name="Field">The cell at fault.</param>
/// <param name="Needs">The fields that must have a value for the check to make sense.</param>
/// <param name="Sql">Over <c>{stage}</c>, with <c>{live}</c> for "not rejected yet": gives row, message, hint, suggestion (or null).</param>
/// <param name="Unusual">To be confirmed rather than mended.</param>
internal sealed record RowCheck(string Field, string[] Needs, string Sql, bool Unusual = false)
{
    /// <summary>The check finds only rows that have the same values here as another row; empty where it finds others as well.</summary>
    public string[] Keys { get; init; } = [];

    /// <summary>Whether it finds a row depends on what stands in its field alone.</summary>
    public bool ByValue { get; init; }
}

/// <summary>A kind of list that can be imported.</summary>
public sealed record ImportKind
{
    public required string Key { get; init; }

    /// <summary>"Supplier prices".</summary>
    public required string Title { get; init; }

    /// <summary>One sentence about what a row is.</summary>
    public required string Text { get; init; }

    public required string Icon { get; init; }

    public required IReadOnlyList<ImportField> Fields { get; init; }

    /// <summary>What the import asks of the person besides being allowed to import.</summary>
    public required Permission Permission { get; init; }

    internal IReadOnlyList<RowCheck> Checks { get; init; } = [];

    /// <summary>In the order in which they are written.</summary>
    internal IReadOnlyList<ImportTarget> Targets { get; init; } = [];

    /// <summary>Columns of the stage that no file fills, with their types: <see cref="Prepare"/> does.</summary>
    internal IReadOnlyList<(string Name, string Type)> Derived { get; init; } = [];

    /// <summary>Fills them, before every check: nothing is taken from an earlier one.</summary>
    internal IReadOnlyList<string> Prepare { get; init; } = [];

    /// <summary>How the file was understood, said beside the rules: gives a sentence and how many cells or rows it was so for.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Makes room, before anything is written.</summary>
    internal string? Before { get; init; }

    /// <summary>Collects the keys of records whose sums follow from what this import wrote, into <c>import_touched (id)</c>.</summary>
    internal string? Touched { get; init; }

    /// <summary>Derives those sums anew, after a commit and after an undo.</summary>
    internal string? Derive { get; init; }

    /// <summary>The noun for what rows become, where it is not the first target's.</summary>
    public string? RowNoun { get; init; }

    /// <summary>All columns of the stage that no file fills.</summary>
    internal IEnumerable<(string Name, string Type)> DerivedColumns => Fields.Where(f => f.Found).Select(f => (f.Key + "_id", "uuid")).Concat(Derived);

    /// <summary>The noun for what rows become: "prices".</summary>
    public string Plural => RowNoun ?? Targets[0].Plural;

    /// <summary>The field with this key.</summary>
    public ImportField Field(string key) => Fields.Single(f => f.Key == key);

    /// <summary>Refuses a mapping in which a required field has neither column nor constant.</summary>
    public void DemandComplete(MappingDefinition mapping)
    {
        var missing = Fields.Where(f => (f.Required || f.ColumnRequired) && !mapping.Has(f.Key)).Select(f => new FieldError(f.Key, $"{f.Title} needs a column, or a value for all rows.")).ToList();
        if (missing.Count > 0)
        {
            throw new RefusedException(missing);
        }
    }
}
