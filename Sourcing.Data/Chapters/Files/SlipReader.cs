using Sourcing.Data.Chapters.Reckoning;

namespace Sourcing.Data.Chapters.Files;

/// <summary>
/// Reads a slips audit. The detail names another chapter, and the bold cell is that chapter's person; without styles an unknown name with a detail is external.
/// Closed business has no giver: it is credited to the person thanked, and is inside where no detail stands. Equal rows are legitimate.
/// </summary>
internal sealed class SlipReader(Sheet sheet, ReportShape shape, NameBook names, IssueList issues)
{
    private readonly SheetLine _head = sheet.Rows[shape.HeadAt];

    public List<ReportSlip> Slips { get; } = [];

    public List<SkippedRow> Skipped { get; } = [];

    public void Read(Period? period)
    {
        foreach (var row in sheet.Rows.Skip(shape.HeadAt + 1))
        {
            var reading = new RowReading(row, _head, shape, issues);
            if (reading.Text(Heading.SlipType).Length == 0 && reading.Text(Heading.From) is { Length: > 0 } name && ReportWords.IsPseudo(name))
            {
                Skipped.Add(SkippedRows.Of(row, _head, name));
            }
            else if (ReadRow(reading) is { } slip)
            {
                Slips.Add(slip);
            }
        }

        if (period is not { } known || known.Last.DayNumber - known.First.DayNumber < 7)
        {
            WarnOfDoubles();
        }
    }

    private ReportSlip? ReadRow(RowReading row)
    {
        if (ReportWords.Slip(row.Text(Heading.SlipType)) is not { } kind)
        {
            row.Add(IssueCode.SlipType, Heading.SlipType, row.Text(Heading.SlipType).Length == 0 ? "The kind of slip is missing." : $"“{row.Text(Heading.SlipType)}” is no kind of slip.", "Write Referral, One-to-One, TYFCB, CEU or Visitor.");
            return null;
        }

        return kind switch
        {
            ReportSlipKind.Credits => ReadCredits(row),
            ReportSlipKind.Visitor => ReadVisitor(row),
            ReportSlipKind.ClosedBusiness => ReadBusiness(row),
            _ => ReadPair(row, kind),
        };
    }

    private ReportSlip? ReadPair(RowReading row, ReportSlipKind kind)
    {
        var areNames = row.IsName(Heading.From, kind == ReportSlipKind.Referral ? "giver" : "initiator") & row.IsName(Heading.To, kind == ReportSlipKind.Referral ? "receiver" : "partner");
        int? tier = null;
        if (kind == ReportSlipKind.Referral && (tier = ReportWords.Tier(row.Text(Heading.InsideOutside))) is not (1 or 2))
        {
            row.Add(IssueCode.Tier, Heading.InsideOutside, $"“{row.Text(Heading.InsideOutside)}” is neither inside (tier 1) nor outside (tier 2).", "Write Inside or Outside.");
            return null;
        }

        if (!areNames)
        {
            return null;
        }

        var (from, to) = (Party(row, Heading.From), Party(row, Heading.To));
        if (IsSame(from, to))
        {
            row.Add(IssueCode.SelfSlip, Heading.To, $"“{to.Text}” stands on both sides.", "Correct one of the two names, or take the row out.");
            return null;
        }

        if (from.State == PartyState.External && to.State == PartyState.External)
        {
            row.Add(IssueCode.BothExternal, Heading.From, "Neither side belongs to this chapter.", "Take the row out, or say which of the two is a member.");
            return null;
        }

        Ask(row, from, to);
        return new(row.Row, kind, from, to, tier, false, 0, 0, "", row.Text(Heading.Detail));
    }

    private ReportSlip? ReadBusiness(RowReading row)
    {
        var cell = row[Heading.Amount];
        var isName = row.IsName(Heading.To, "person thanked");
        if (Figure.Positive(cell.Text ?? "", cell.IsNumber, out var problem) is not { } amount)
        {
            row.Add(IssueCode.Amount, Heading.Amount, $"The amount {problem}.", "Write an amount above 0 with at most 2 decimals, such as 1250.00.");
            return null;
        }

        var text = row.Text(Heading.InsideOutside);
        var tier = ReportWords.Tier(text);
        if (text.Length > 0 && tier is null)
        {
            row.Add(IssueCode.Tier, Heading.InsideOutside, $"“{text}” is no tier.", "Write Inside, Outside or Tier 3+, or leave the cell blank.");
            return null;
        }

        if (!isName)
        {
            return null;
        }

        var to = Party(row, Heading.To);
        row.Ask(to, Heading.To);
        return new(row.Row, ReportSlipKind.ClosedBusiness, PartyReading.Nobody, to, tier, row.Text(Heading.Detail).Length == 0, amount, 0, "", row.Text(Heading.Detail));
    }

    private ReportSlip? ReadCredits(RowReading row)
    {
        var cell = row[Heading.Credits];
        var isName = row.IsName(Heading.From, "attendee");
        if (Figure.Positive(cell.Text ?? "", cell.IsNumber, out var problem) is not { } credits)
        {
            row.Add(IssueCode.Credits, Heading.Credits, $"The number of credits {problem}.", "Write a number above 0 with at most 2 decimals.");
            return null;
        }

        if (!isName)
        {
            return null;
        }

        // The detail of education tells what it was about, not a chapter.
        var from = names.Find(row.Text(Heading.From));
        if (!IsHome(row, from, "attendee"))
        {
            return null;
        }

        row.Ask(from, Heading.From);
        return new(row.Row, ReportSlipKind.Credits, from, PartyReading.Nobody, null, false, 0, credits, "", row.Text(Heading.Detail));
    }

    private ReportSlip? ReadVisitor(RowReading row)
    {
        if (!(row.IsName(Heading.From, "inviter") & row.IsName(Heading.To, "visitor")))
        {
            return null;
        }

        var from = names.Find(row.Text(Heading.From));
        if (!IsHome(row, from, "inviter"))
        {
            return null;
        }

        row.Ask(from, Heading.From);
        return new(row.Row, ReportSlipKind.Visitor, from, PartyReading.Nobody, null, false, 0, 0, row.Text(Heading.To), row.Text(Heading.Detail));
    }

    private PartyReading Party(RowReading row, Heading heading)
    {
        var (cell, detail) = (row[heading], row.Text(Heading.Detail));
        var party = names.Find(NameKey.Tidy(cell.Text));
        if (cell.IsBold && detail.Length > 0)
        {
            // A namesake of a member is still the other chapter's person.
            return new(NameKey.Tidy(cell.Text), PartyState.External, Chapter: detail);
        }

        if (party.State != PartyState.Unknown)
        {
            return party;
        }

        var isMarked = row[Heading.From].IsBold || row[Heading.To].IsBold;
        return cell.IsBold || (!isMarked && detail.Length > 0) ? new(party.Text, PartyState.External, Chapter: detail) : party;
    }

    // Of two members with one name each can mean either: that is a question, and no slip to oneself.
    private static bool IsSame(PartyReading from, PartyReading to) =>
        from.Member is not null || to.Member is not null ? from.Member == to.Member : from.State != PartyState.Ambiguous && from.State == to.State && NameKey.Of(from.Text) == NameKey.Of(to.Text);

    // Education and visitors belong to a member: without one the row has no home side.
    private static bool IsHome(RowReading row, PartyReading from, string who)
    {
        if (from.State != PartyState.External)
        {
            return true;
        }

        row.Add(IssueCode.BothExternal, Heading.From, $"The {who} belongs to another chapter.", "Take the row out, or say which member is meant.");
        return false;
    }

    private static void Ask(RowReading row, PartyReading from, PartyReading to)
    {
        row.Ask(from, Heading.From);
        row.Ask(to, Heading.To);
    }

    // A tells of a one-to-one with B, and B of one with A, in one week: perhaps the same one.
    private void WarnOfDoubles()
    {
        var first = new Dictionary<(string, string), ReportSlip>();
        foreach (var slip in Slips.Where(s => s.Kind == ReportSlipKind.OneToOne))
        {
            if (first.TryGetValue((slip.To.Identity, slip.From.Identity), out var other))
            {
                issues.Add(IssueCode.PossibleDouble, $"{slip.From.Text} and {slip.To.Text} met in row {other.Row} as well, told by the other one.", "If it was one meeting, take one of the two out; if they met twice, leave both.",
                    slip.Row, _head[shape.Columns[Heading.From]].Text, slip.From.Text);
            }

            first.TryAdd((slip.From.Identity, slip.To.Identity), slip);
        }
    }
}

/// <summary>Lines that are nobody's.</summary>
internal static class SkippedRows
{
    public static SkippedRow Of(SheetLine row, SheetLine head, string name)
    {
        var values = new Dictionary<string, string>();
        foreach (var cell in row.Cells)
        {
            if (head[cell.Column].Text is { Length: > 0 } text && cell.Text != name)
            {
                values.TryAdd(text, cell.Text);
            }
        }

        return new(row.Number, name, values);
    }
}
