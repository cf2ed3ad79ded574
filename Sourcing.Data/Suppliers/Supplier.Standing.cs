using Sourcing.Data.Suppliers.Scorecards;

namespace Sourcing.Data.Suppliers;

/// <summary>Where a supplier's last scorecard puts it.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="PeriodStart">First day of the period that was scored last.</param>
public sealed record SupplierStanding(string Name, decimal Score, StandingEffect Effect, DateOnly PeriodStart);

// Two hands can shut a supplier out: a person and its standing. Neither lifts what the other did; the stronger holds.
public sealed partial class Supplier
{
    /// <summary>What a person shut it out from, whatever its standing says.</summary>
    public SupplierBlock ManualBlock { get; private set; }

    /// <summary>What the person wrote; null without such a block.</summary>
    public string? ManualBlockReason { get; private set; }

    public DateTimeOffset? ManualBlockedAt { get; private set; }

    /// <summary>The standing of its last scorecard; null until it is scored.</summary>
    public string? Standing { get; private set; }

    /// <summary>0 to 100; null until it is scored.</summary>
    public decimal? StandingScore { get; private set; }

    public StandingEffect StandingEffect { get; private set; }

    /// <summary>When it came to this standing.</summary>
    public DateTimeOffset? StandingSince { get; private set; }

    /// <summary>First day of the period that was scored last.</summary>
    public DateOnly? StandingPeriod { get; private set; }

    /// <summary>What its standing alone shuts it out from.</summary>
    public SupplierBlock StandingBlock => BlockOf(StandingEffect);

    /// <summary>Takes over what its last scorecard says; null where there is none. A block that a person made stays.</summary>
    public void Stand(SupplierStanding? standing, DateTimeOffset now)
    {
        AdoptBlock();
        if (Standing != standing?.Name || StandingEffect != (standing?.Effect ?? StandingEffect.None))
        {
            StandingSince = standing is null ? null : now;
        }

        (Standing, StandingScore, StandingEffect, StandingPeriod) = (standing?.Name, standing?.Score, standing?.Effect ?? StandingEffect.None, standing?.PeriodStart);
        SettleBlock();
    }

    // What was written past this class (an import, a repair by hand) is a person's block.
    private void AdoptBlock()
    {
        if (BlockedFor != SupplierBlock.None && ManualBlock == SupplierBlock.None && StandingBlock == SupplierBlock.None)
        {
            (ManualBlock, ManualBlockReason, ManualBlockedAt) = (BlockedFor, BlockReason, BlockedAt);
        }
    }

    private void SettleBlock()
    {
        BlockedFor = (SupplierBlock)Math.Max((int)ManualBlock, (int)StandingBlock);
        var words = StandingBlock == SupplierBlock.None ? null : FormattableString.Invariant($"Its standing is {Standing}, with a score of {StandingScore:0.0} of 100.");
        var reason = string.Join(" ", new[] { ManualBlockReason, words }.Where(w => w is not null));
        var since = new[] { ManualBlock == SupplierBlock.None ? null : ManualBlockedAt, words is null ? null : StandingSince }.Min();
        (BlockReason, BlockedAt) = BlockedFor == SupplierBlock.None ? (null, null) : (reason[..Math.Min(reason.Length, 500)], since);
    }

    private static SupplierBlock BlockOf(StandingEffect effect) => effect switch
    {
        StandingEffect.BlockRfqs => SupplierBlock.Rfq,
        StandingEffect.BlockOrders => SupplierBlock.Order,
        _ => SupplierBlock.None,
    };
}
