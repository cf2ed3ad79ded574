namespace Sourcing.Data.Rfqs;

/// <summary>What is to be looked at in a row of an uploaded quote.</summary>
/// <param name="Row">As the spreadsheet shows it; 0 for what the file has no row for.</param>
/// <param name="Where">"line 20" or the name of the term.</param>
public sealed record QuoteSheetProblem(int Row, string Where, string Text)
{
    /// <summary>As the spreadsheet names it, such as F12; empty where no one cell is at fault.</summary>
    public string Cell { get; init; } = "";
}

/// <summary>An uploaded quote, merged into what was typed before.</summary>
/// <param name="Content">To go on with: every field that could be read is in it.</param>
/// <param name="Lines">How many lines the file answers.</param>
/// <param name="Problems">By row; empty when the quote can be submitted as it is.</param>
public sealed record ReadQuote(QuoteContent Content, int Lines, IReadOnlyList<QuoteSheetProblem> Problems);
