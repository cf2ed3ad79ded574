using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Planning;

/// <summary>A part that is made, in the list.</summary>
public sealed record BomRow
{
    /// <summary>Key of the part.</summary>
    public Guid Id { get; init; }

    public string Number { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Category { get; init; }

    public PartType Type { get; init; }

    public string Unit { get; init; } = "";

    /// <summary>Lines that hold today.</summary>
    public int Components { get; init; }

    /// <summary>Levels below it today; null where it is made of itself, or deeper than anything real.</summary>
    public int? Levels { get; init; }

    /// <summary>Sum of the shares that hold today; null without any.</summary>
    public decimal? ShareSum { get; init; }

    /// <inheritdoc cref="BomShareState"/>
    public string Shares { get; init; } = "";

    public bool IsPhantom { get; init; }

    /// <summary>Good pieces of those started, a share of 1.</summary>
    public decimal Yield { get; init; }

    /// <summary>The next day on which a line begins or has ended; null where nothing changes.</summary>
    public DateOnly? NextChange { get; init; }

    /// <summary>How well it matches the search; 0 without one.</summary>
    public float Match { get; init; }
}

/// <summary>The list of parts with a bill of materials.</summary>
public sealed class BomList(Database database, CurrentUser user, TimeProvider time) : ListSource<BomRow>(database, user)
{
    private static readonly ListShape<BomRow> Columns = new ListShape<BomRow>("boms", "Bills of materials", b => b.Id)
        .Add(b => b.Number, "Number", FieldKind.Code)
        .Add(b => b.Name, "Name", FieldKind.Text)
        .Add(b => b.Components, "Components", FieldKind.Number)
        .Add(b => b.Levels, "Levels", FieldKind.Number, sortable: false, filterable: false)
        .Add(b => b.Shares, "Shares", FieldKind.Choice, choices: [.. BomShareState.All.Select(s => new Choice(s.State, s.Text))])
        .Add(b => b.ShareSum, "Sum of shares", FieldKind.Percent)
        .Add(b => b.IsPhantom, "Phantom", FieldKind.Flag)
        .Add(b => b.Yield, "Yield", FieldKind.Percent)
        .Add(b => b.NextChange, "Next change", FieldKind.Date)
        .Add(b => b.Category, "Category", FieldKind.Text, hidden: true)
        .Add(b => b.Type, "Kind", FieldKind.Choice, hidden: true)
        .Add(b => b.Unit, "Unit", FieldKind.Code, hidden: true)
        .Add(b => b.Match, "Match", FieldKind.Number, filterable: false, hidden: true)
        .OrderedBy("number");

    /// <inheritdoc/>
    public override ListShape<BomRow> Shape => Columns;

    /// <inheritdoc/>
    public override Permission Permission => Permission.PlanningRead;

    /// <inheritdoc/>
    protected override string? SearchRank => "match";

    /// <inheritdoc/>
    protected override IQueryable<BomRow> Rows(SourcingDb db, string search)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), User.Identity.TimeZone).DateTime);
        var parts = search.Length == 0
            ? db.Parts.Select(p => new { Part = p, Rank = 0f })
            : db.Database.SqlQuery<SearchHit>($"select id as \"Id\", rank as \"Rank\" from app.search_parts({search}, {PartList.MostHits})")
                .Join(db.Parts, hit => hit.Id, part => part.Id, (hit, part) => new { Part = part, hit.Rank });
        var bills = db.Database.SqlQuery<BomFigures>(
            $"""
            select coalesce(l.part_id, b.part_id) as "PartId", coalesce(l.components, 0) as "Components", l.share_sum as "ShareSum", l.next_change as "NextChange",
                coalesce(b.is_phantom, false) as "IsPhantom", coalesce(b.yield, 1) as "Yield"
            from (
                select parent_part_id as part_id, count(*) filter (where valid_from <= {today} and (valid_to is null or valid_to >= {today}))::int as components,
                    sum(quantity_per) filter (where is_share and valid_from <= {today} and (valid_to is null or valid_to >= {today})) as share_sum,
                    least(min(valid_from) filter (where valid_from > {today}), min(valid_to + 1) filter (where valid_from <= {today} and valid_to >= {today})) as next_change
                from bom_lines where deleted_at is null group by parent_part_id) l
            full join bills_of_materials b on b.part_id = l.part_id
            """);
        return from x in parts
            join b in bills on x.Part.Id equals b.PartId
            select new BomRow
            {
                Id = x.Part.Id, Number = x.Part.Number, Name = x.Part.Name, Category = x.Part.Category!.Name, Type = x.Part.Type, Unit = x.Part.Unit.Code, Components = b.Components,
                Levels = SourcingDb.BomLevels(x.Part.Id, today), ShareSum = b.ShareSum, IsPhantom = b.IsPhantom, Yield = b.Yield, NextChange = b.NextChange, Match = x.Rank,
                Shares = b.ShareSum == null ? BomShareState.None
                    : b.ShareSum >= 1 - BomShareState.Good && b.ShareSum <= 1 + BomShareState.Good ? BomShareState.Complete
                    : b.ShareSum >= BomShareState.RoundingFrom && b.ShareSum <= BomShareState.RoundingTo ? BomShareState.Rounding
                    : BomShareState.Incomplete,
            };
    }

    private sealed class BomFigures
    {
        public Guid PartId { get; set; }

        public int Components { get; set; }

        public decimal? ShareSum { get; set; }

        public DateOnly? NextChange { get; set; }

        public bool IsPhantom { get; set; }

        public decimal Yield { get; set; }
    }
}
