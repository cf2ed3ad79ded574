namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>What the recomputation alone writes: it follows from other records, and nothing depends on it.</summary>
internal static class DerivedFigures
{
    /// <summary>Tables that go with their supplier.</summary>
    public static readonly string[] Tables = ["supplier_scorecards", "supplier_kpis"];

    /// <summary>Columns of suppliers. What a person blocked stands in columns of its own.</summary>
    public static readonly string[] Columns =
    [
        "reliability_score", "response_rate", "win_rate", "standing", "standing_score", "standing_effect", "standing_since", "standing_period", "blocked_for", "block_reason", "blocked_at", "updated_at",
    ];
}
