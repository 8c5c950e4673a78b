using System.Collections.Frozen;

namespace MLPipelines.Data;

/// <summary>
/// Guesses whether the first row names the fields. Names are distinct and no numbers. They are believed when a column below
/// is of another kind than text; between texts alone, when they are short and unlike what stands below them.
/// </summary>
internal static class HeaderGuess
{
    private const int LongestName = 40;

    private const int MostWords = 4;

    private static readonly FrozenSet<string> UsualNames = new[]
    {
        "id", "key", "code", "name", "title", "text", "body", "subject", "message", "content", "comment", "review", "description", "summary",
        "sentence", "utterance", "query", "question", "answer", "document", "article", "email", "note", "notes", "tweet", "phrase",
        "label", "labels", "class", "category", "categories", "intent", "target", "topic", "type", "tag", "tags", "sentiment", "group", "status",
        "date", "time", "timestamp", "user", "item", "product", "rating", "score", "value", "price", "amount", "country", "city", "language", "cat",
        "标签", "类别", "分类", "类型", "文本", "内容", "评论", "标题", "问题", "答案", "日期", "时间", "名称", "姓名", "编号", "序号", "意图", "情感",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    internal static bool IsHeader(List<string[]> rows, List<ColumnKindGuess> below)
    {
        string[] cells = Array.ConvertAll(rows[0], cell => cell.Trim());
        if (rows.Count < 2 || !CouldBeNames(cells, below)) return false;
        if (cells.Index().Any(pair => below[pair.Index] is { IsEmpty: false } guess && IsTyped(guess))) return true;
        return cells.All(IsShort) && IsUnlikeTextBelow(cells, rows);
    }

    private static bool IsTyped(ColumnKindGuess guess) => guess.KindWith('.') != DataKind.String || guess.KindWith(',') != DataKind.String;

    private static bool CouldBeNames(string[] cells, List<ColumnKindGuess> below)
    {
        // Tables that were saved with their row numbers leave the name of the first column out.
        for (int i = 0; i < cells.Length; i++)
            if (cells[i].Length == 0 ? i > 0 && i < cells.Length - 1 : !CouldBeName(cells[i], below[i])) return false;
        return cells.Distinct(StringComparer.Ordinal).Count() == cells.Length && cells.Any(cell => cell.Length > 0);
    }

    // "No" is a name over numbers, and a truth value over truth values.
    private static bool CouldBeName(string cell, ColumnKindGuess below) =>
        !MissingTexts.Contains(cell) && !ColumnKindGuess.IsNumberOrDate(cell) && (below.KindWith('.') != DataKind.Boolean || !ColumnKindGuess.IsTyped(cell));

    private static bool IsShort(string cell) =>
        cell.Length <= LongestName && cell.Count(c => c is ' ' or '_' or '-') < MostWords
        && cell.IndexOfAny(['.', '!', '?', '。', '！', '？', '，', ',', '"', '\n', '\r']) < 0;

    private static bool IsUnlikeTextBelow(string[] cells, List<string[]> rows)
    {
        for (int i = 0; i < cells.Length; i++)
            if (cells[i].Length > 0 && ValuesOf(rows, i).Contains(cells[i], StringComparer.OrdinalIgnoreCase)) return false;
        if (cells.Any(UsualNames.Contains)) return true;
        // One column of short lines and then longer ones is a list as often as it is a named column.
        if (cells.Length == 1) return false;
        for (int i = 0; i < cells.Length; i++)
        {
            string[] values = [.. ValuesOf(rows, i).Where(value => value.Length > 0)];
            if (values.Length < 2) continue;
            // Codes and dates under a word.
            if (!cells[i].Any(char.IsDigit) && cells[i].Length > 0 && values.Count(value => value.Any(char.IsDigit)) >= 0.9 * values.Length) return true;
            // Categories come again and again; a first cell that never does is not one of them.
            if (values.Length >= 4 && values.Distinct(StringComparer.Ordinal).Count() <= values.Length / 2) return true;
            Array.Sort(values, (a, b) => a.Length.CompareTo(b.Length));
            // Sentences under a word: not only the usual one, but nearly all are much longer.
            if (values[values.Length / 10].Length > 2 * cells[i].Length && values[values.Length / 2].Length >= 4 * cells[i].Length) return true;
        }
        return false;
    }

    private static IEnumerable<string> ValuesOf(List<string[]> rows, int column) =>
        rows.Skip(1).Where(row => column < row.Length).Select(row => row[column].Trim());
}
