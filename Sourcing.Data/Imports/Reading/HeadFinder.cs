namespace Sourcing.Data.Imports.Reading;

/// <summary>Finds the row in which the heads of the columns stand: lists that people print have a title above them.</summary>
public static class HeadFinder
{
    /// <summary>Rows that are looked at.</summary>
    public const int Looked = 20;

    /// <summary>
    /// The number of the row with the heads; 0 for the first that is not blank. It is a later one only where the first rows hold next to
    /// nothing, as titles do, and a row of at least three filled cells follows.
    /// </summary>
    public static int Find(TableReader reader)
    {
        var rows = new List<(int Row, int Filled)>();
        while (rows.Count < Looked && reader.Read())
        {
            var filled = 0;
            for (var i = 0; i < reader.Count; i++)
            {
                filled += reader.Cell(i).IsWhiteSpace() ? 0 : 1;
            }

            rows.Add((reader.Row, filled));
        }

        var most = rows.Select(r => r.Filled).DefaultIfEmpty().Max();
        if (rows.Count == 0 || rows[0].Filled > 2 || most < 4)
        {
            return 0;
        }

        var head = rows.FindIndex(r => r.Filled >= Math.Max(3, (most + 1) / 2));
        return head > 0 ? rows[head].Row : 0;
    }

    /// <summary>Goes past the heads.</summary>
    /// <returns>The heads: of several rows those above and below joined, words above holding for the empty cells to their right. Null when the file ends before.</returns>
    public static IReadOnlyList<string>? Pass(TableReader reader, TableShape shape)
    {
        do
        {
            if (!reader.Read())
            {
                return null;
            }
        }
        while (reader.Row < shape.HeadRow);

        var heads = Cells(reader);
        for (var more = 1; more < shape.HeadRows && reader.Read(); more++)
        {
            var below = Cells(reader);
            var above = "";
            for (var i = 0; i < Math.Max(heads.Count, below.Count); i++)
            {
                var upper = i < heads.Count ? heads[i] : "";
                var lower = i < below.Count ? below[i] : "";
                above = upper.Length > 0 ? upper : above;
                var joined = lower.Length == 0 ? upper : $"{above} {lower}".Trim();
                if (i < heads.Count)
                {
                    heads[i] = joined;
                }
                else
                {
                    heads.Add(joined);
                }
            }
        }

        return heads;
    }

    private static List<string> Cells(TableReader reader)
    {
        var cells = new List<string>(reader.Count);
        for (var i = 0; i < reader.Count; i++)
        {
            cells.Add(reader.Cell(i).Trim().ToString());
        }

        return cells;
    }
}
